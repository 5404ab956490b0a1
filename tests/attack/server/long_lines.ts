import { KIB, MIB } from "../../../lib/base/units.ts";
import type { Attack } from "../attack.ts";
import { HostileCrowd } from "../hostile_client.ts";
import { ServerTarget } from "../server_target.ts";

/** Clients of each kind. */
export const EACH = 8;
/** A part of a line without an end. */
const PART = new Uint8Array(256 * KIB).fill("x".charCodeAt(0));
/** Lines of 1 MiB that end. */
const LINE = new TextEncoder().encode("x".repeat(MIB) + "\n");
/** A request after which the registry keeps the connection. */
const STAYS = '{"type":"consulta","nome":"Ninguém"}\n';

/** Lines that are far too long, and lines that never end. */
export const longLines: Attack<ServerTarget> = {
  name: "long-lines",
  deed: `${EACH} clients to each port send lines of 1 MiB, ${EACH} a line without an end, and ` +
    `${EACH} lines of 1 MiB on a connection that stays open, as fast as they are taken`,
  outcome: "the first two are closed, the last get an error for each line; none is kept",
  open: () => ServerTarget.open(),
  async run({ chatPort, registryPort }, end) {
    let lines = 0;
    const pours: Promise<unknown>[] = [];
    await using crowds = new AsyncDisposableStack();
    for (const port of [chatPort, registryPort]) {
      const ended = crowds.use(await HostileCrowd.connect(EACH, port));
      const endless = crowds.use(await HostileCrowd.connect(EACH, port));
      for (const client of ended.clients) pours.push(client.pour(LINE, end), client.closed);
      for (const client of endless.clients) pours.push(client.pour(PART, end), client.closed);
    }
    const staying = crowds.use(await HostileCrowd.connect(EACH, registryPort));
    for (const client of staying.clients) {
      client.send(STAYS);
      pours.push(client.pour(LINE, end).then((count) => lines += count));
    }
    await Promise.all(pours);
    const open = staying.clients.filter((client) => client.open).length;
    return { "closed by the server": 4 * EACH, "still open": open, "lines on those": lines };
  },
};
