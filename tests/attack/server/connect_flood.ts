import type { Attack } from "../attack.ts";
import { HostileClient } from "../hostile_client.ts";
import { ServerTarget } from "../server_target.ts";

/** Connections from one address that the attacked server takes. */
export const MOST = 200;
/** Connections that are being made at a time, to each port. */
const AT_ONCE = 64;

/** Connections from one address, as many as it can make, and held as long as they are let. */
export const connectFlood: Attack<ServerTarget> = {
  name: "connect-flood",
  deed:
    `one address connects to both ports as fast as it can, to a server with --max-per-ip ${MOST}`,
  outcome: "what is beyond the cap is closed at once; other addresses are served",
  open: () => ServerTarget.open(["--quiet", "--max-per-ip", String(MOST)]),
  async run({ chatPort, registryPort }, end) {
    let [made, ended] = [0, 0];
    const held = new Set<HostileClient>();
    const connectOn = async (port: number) => {
      while (!end.aborted) {
        const client = await HostileClient.connect(port).catch(() => null);
        if (client === null) continue;
        made += 1;
        held.add(client);
        // The next one when this one's fate is clear; one that is kept for a while is taken on.
        const kept = new Promise((resolve) => setTimeout(resolve, 200));
        await Promise.race([client.closed, kept]);
        if (client.open) continue;
        held.delete(client);
        ended += 1;
      }
    };
    const workers = [chatPort, registryPort].flatMap((port) =>
      Array.from({ length: AT_ONCE }, () => connectOn(port))
    );
    await Promise.all(workers);
    const kept = held.size;
    for (const client of held) await client[Symbol.asyncDispose]();
    return { "connections made": made, "closed at once": ended, kept };
  },
};
