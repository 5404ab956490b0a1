import { RawClient } from "../../processes/raw_client.ts";
import type { Attack } from "../attack.ts";
import { ServerTarget } from "../server_target.ts";

/** Connections to each port. */
export const EACH = 100;
/** A byte a second would be enough; this is what a patient attacker might do. */
const PACE = 500;

/** Requests that never end, a byte now and then (known as Slowloris). */
export const slowSenders: Attack<ServerTarget> = {
  name: "slow-senders",
  deed: `${EACH} connections to each port send a byte of a request every ${PACE} ms`,
  outcome: "each is closed when its time to register (15 s) or to ask (10 s) is over",
  open: () => ServerTarget.open(),
  async run({ chatPort, registryPort }) {
    const closed = await Promise.all([
      ...Array.from({ length: EACH }, () => trickle(chatPort, "USER ".padEnd(64, "a"))),
      ...Array.from({ length: EACH }, () => trickle(registryPort, '{"type":"'.padEnd(64, "a"))),
    ]);
    return {
      closed: closed.length,
      "told of it": closed.filter((came) => came.includes("Timeout")).length,
    };
  },
};

/** Sends byte by byte until the other side closes; what it said. */
async function trickle(port: number, request: string): Promise<string> {
  await using client = await RawClient.connect(port);
  let next = 0;
  const timer = setInterval(() => client.send(request[next++ % request.length]!), PACE);
  try {
    await client.closed();
  } finally {
    clearInterval(timer);
  }
  return client.came;
}
