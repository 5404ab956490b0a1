import type { Attack } from "../attack.ts";
import { HostileCrowd } from "../hostile_client.ts";
import { ServerTarget } from "../server_target.ts";

/** Connections to each port. */
const EACH = 32;
/** Requests in one write. */
const BATCH = 500;
const CHAT = "KEEP\r\nADDR Ninguém\r\nADDR Honesta\r\nLIST\r\n".repeat(BATCH / 4);
const REGISTRY = '{"type":"consulta","nome":"Honesta"}\n'.repeat(BATCH);

/** Requests that are right, as fast as they are answered, on connections that stay. */
export const requestFlood: Attack<ServerTarget> = {
  name: "request-flood",
  deed:
    `${EACH} connections to each port send ${BATCH} requests at a time, as fast as they are taken`,
  outcome: "all are answered, as fast as one core can; 256 of one connection, then everyone's turn",
  open: () => ServerTarget.open(),
  async run(target, end) {
    const { chatPort, registryPort } = target;
    const before = linesTaken(await target.counters());
    await using chats = await HostileCrowd.connect(EACH, chatPort);
    await using registries = await HostileCrowd.connect(EACH, registryPort);
    await Promise.all([
      ...chats.clients.map((client, index) => {
        client.send(`USER Apressado ${index}:1\r\n`);
        return client.pour(CHAT, end);
      }),
      ...registries.clients.map((client) => client.pour(REGISTRY, end)),
    ]);
    // Much more is sent: the rest waits in the kernel.
    return { "requests taken": linesTaken(await target.counters()) - before };
  },
};

function linesTaken(counters: ReadonlyMap<string, number>): number {
  return ["chat", "registry"].reduce(
    (sum, port) => sum + counters.get(`prosa_lines_received_total{port="${port}"}`)!,
    0,
  );
}
