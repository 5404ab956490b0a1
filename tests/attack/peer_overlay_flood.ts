import { MIB } from "../../lib/base/units.ts";
import type { Attack } from "./attack.ts";
import { HostileClient } from "./hostile_client.ts";
import { HONEST_NAME, PeerTarget } from "./peer_target.ts";

/** Neighbours that flood. */
const FLOODERS = 4;
/** Messages in one write. */
const TOGETHER = 50;
/** Milliseconds for which the same are sent again and again, before others are. */
const TURN = 5;

/** A neighbour's greeting. */
function hello(peer: string): string {
  return JSON.stringify({ type: "HELLO", peer_id: peer, version: "1.0", features: [], ttl: 1 }) +
    "\n";
}

/** Messages of a neighbour, with forged senders; every one is new. */
function* messages(): Generator<string, never, undefined> {
  for (let n = 0;; n += 1) {
    const msg_id = crypto.randomUUID();
    const kinds = [
      { type: "PING", msg_id, timestamp: "", ttl: 1 },
      { type: "PUB", msg_id, src: `${HONEST_NAME}@geral`, dst: "*", payload: "forjado", ttl: 8 },
      { type: "WHO_HAS", msg_id, src: `n${n}@x`, dst: `ninguem${n}@x`, ttl: 8 },
      { type: "SEND", msg_id, src: `n${n}@x`, dst: `ninguem${n}@x`, payload: "x", ttl: 8 },
    ];
    yield JSON.stringify(kinds[n % kinds.length]) + "\n";
  }
}

/** Neighbours that send without end, and read or do not. */
export const peerOverlayFlood: Attack<PeerTarget> = {
  name: "peer-overlay-flood",
  deed: `${FLOODERS} neighbours send PING, PUB, WHO_HAS and SEND with forged senders as fast as ` +
    "they can; half of them never read",
  outcome:
    "each has 200 messages a second, the rest is dropped and counted; a text is shown with " +
    "the neighbour that it came by, since anybody can forge a sender; for one that does " +
    "not read, 256 messages or 1 MiB wait at the most",
  open: () => PeerTarget.open(),
  async run(target, end) {
    const { peer, at: { port } } = target;
    const source = messages();
    const batches = Array.from(
      { length: 40 },
      () => Array.from({ length: TOGETHER }, () => source.next().value).join(""),
    );
    const flooded = Array.from({ length: FLOODERS }, async (_, at) => {
      const reads = at % 2 === 0;
      await using client = await HostileClient.connect(port, { from: `127.0.1.${at + 1}`, reads });
      client.send(hello(`mal${at}@x`));
      while (client.open && !end.aborted) {
        for (const lines of batches) {
          await client.pour(lines, AbortSignal.any([end, AbortSignal.timeout(TURN)]));
        }
      }
      return client.socket.bytesWritten;
    });
    const bytes = (await Promise.all(flooded)).reduce((sum, one) => sum + one, 0);
    await target.until((output) => output.includes(": forjado\n"));
    const shown = peer.output.match(/^.*: forjado$/gm) ?? [];
    return {
      "MiB written": (bytes / MIB).toFixed(0),
      "forged texts shown": shown.length,
      "of these without the way they came":
        shown.filter((line) => !/via mal\d@x/.test(line)).length,
    };
  },
};
