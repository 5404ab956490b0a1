import type { Attack } from "../attack.ts";
import { HostileCrowd } from "../hostile_client.ts";
import { ServerTarget } from "../server_target.ts";

/** Who asks for long replies and never reads them, of each kind. */
export const EACH = 40;
/** Who asks for so many short replies that they wait too. */
export const LOOKERS = 4;
/** Users that make a LIST long. */
const USERS = 300;
/** Records that make a reply to DISCOVER long: over 200 KB. */
const RECORDS = 1000;
/** Requests of each on the chat port: their replies would be 120 MB. */
const LISTS = "LIST\r\n".repeat(6000);
const LOOKUPS = '{"type":"consulta","nome":"Ninguém"}\n'.repeat(6000);

/** Much is asked for and nothing is read. */
export const neverReading: Attack<ServerTarget> = {
  name: "never-reading",
  deed: `${2 * EACH + LOOKERS} clients ask for long replies, thousands of times, and read none`,
  outcome: "each is not read any more at 64 KiB of waiting replies, and cut after 10 s",
  open: () => ServerTarget.open(),
  async run(target) {
    const { chatPort, registryPort } = target;
    await using users = await HostileCrowd.connect(USERS, chatPort);
    for (const [index, client] of users.clients.entries()) {
      client.send(`USER ${longName(index)}:1\r\n`);
    }
    await using requests = await HostileCrowd.connect(RECORDS, registryPort);
    for (const [index, client] of requests.clients.entries()) {
      const record = { type: "REGISTER", namespace: "Longa", name: longName(index), port: 1 };
      client.send(`${JSON.stringify(record)}\n`);
    }
    await requests.closed();
    const unread = () => ({ from: "127.0.0.3", reads: false });
    const cut = new AbortController().signal;
    await using lists = await HostileCrowd.connect(EACH, chatPort, unread);
    await using discoveries = await HostileCrowd.connect(EACH, registryPort, unread);
    await using lookups = await HostileCrowd.connect(LOOKERS, registryPort, unread);
    for (const [index, client] of lists.clients.entries()) {
      client.send(`USER unread ${index}:1\r\n${LISTS}`);
    }
    for (const client of discoveries.clients) client.send('{"type":"DISCOVER"}\n');
    for (const client of lookups.clients) {
      // Short replies: they have to be asked for as long as the server takes it.
      client.pour(LOOKUPS, cut);
    }
    await target.until('prosa_connections_ended_total{port="chat",reason="stalled"}', EACH);
    await target.until('prosa_connections_ended_total{port="registry",reason="stalled"}', LOOKERS);
    return { "cut as stalled": EACH + LOOKERS };
  },
};

function longName(index: number): string {
  return String(index).padStart(64, "n");
}
