import assert from "node:assert/strict";
import { TRANSFER_LIMITS } from "../../../lib/music/transfer_limits.ts";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import type { Fetch, FetchEvent } from "../../../lib/runtime/music/transfers.ts";
import type { CatalogueSong } from "../../../lib/music/catalogue/song.ts";
import { until } from "../line_client.ts";
import { noise } from "./library/tagged_files.ts";
import { SharingNode } from "./sharing_node.ts";

const BYTES = noise(3 * PIECE_BYTES + 5);

/** A fetch, and what it tells. */
function fetchOf(node: SharingNode, song: CatalogueSong) {
  const events: FetchEvent[] = [];
  const bytes = new Uint8Array(song.size);
  const { id, size, pieces, sources } = song;
  const fetch: Fetch = node.transfers.fetch(
    { id, size, pieces, sources, offset: 0 },
    (event) => {
      events.push(event);
      if (event.kind !== "piece") return;
      bytes.set(event.bytes, event.offset);
      fetch.submit({ kind: "stored", piece: event.piece });
    },
  );
  const over = () => until(() => fetch.status === null, "the fetch is over");
  return { fetch, events, bytes, over };
}

Deno.test("transfers: a file comes over UDP, piece by piece", async () => {
  await using ana = await SharingNode.start({ "a.mp3": BYTES });
  await using bia = await SharingNode.start();
  const { events, bytes, over } = fetchOf(bia, ana.song("a.mp3"));
  await over();
  assert.deepEqual(bytes, BYTES);
  assert.deepEqual(events.map(({ kind }) => kind), [
    "source_found",
    ...["piece", "piece", "piece", "piece"],
    "complete",
  ]);
  assert.deepEqual(events.at(-1), { kind: "complete", checked: true });
  assert.deepEqual([...ana.bugs, ...bia.bugs], []);
});

Deno.test("transfers: nobody has it, and what is known at once is told behind the call", async () => {
  await using ana = await SharingNode.start({ "a.mp3": BYTES });
  await using bia = await SharingNode.start();
  const none = fetchOf(bia, ana.song("a.mp3", { sources: [] }));
  assert.deepEqual(none.events, []);
  await until(() => none.events.length > 0, "told");
  assert.deepEqual(none.events, [{ kind: "failed", fault: "no_source" }]);
  const other = fetchOf(bia, ana.song("a.mp3", { id: "0".repeat(64) }));
  await other.over();
  assert.deepEqual(other.events.at(-1), { kind: "failed", fault: "not_available" });
});

Deno.test("transfers: a file that is changed in the middle is given no more", async () => {
  await using ana = await SharingNode.start({ "a.mp3": BYTES });
  await using bia = await SharingNode.start();
  const song = ana.song("a.mp3");
  await ana.folder.write("a.mp3", noise(BYTES.length, 2));
  const { events, over } = fetchOf(bia, song);
  await over();
  const end = events.at(-1);
  assert.ok(end?.kind === "failed", end?.kind);
  assert.ok(["source_failed", "not_available"].includes(end.fault), end.fault);
});

Deno.test("transfers: who leaves ends what they fetch; there are so many places", async () => {
  await using ana = await SharingNode.start({ "a.mp3": BYTES }, 1000);
  await using bia = await SharingNode.start();
  const fetches = Array.from({ length: TRANSFER_LIMITS.receptions }, () => {
    assert.ok(bia.transfers.hasPlace);
    return fetchOf(bia, ana.song("a.mp3"));
  });
  assert.equal(bia.transfers.hasPlace, false);
  fetchOf(bia, ana.song("a.mp3"));
  assert.ok(bia.bugs.shift() instanceof RangeError);
  ana.transfers.limit(null);
  bia.transfers.leave();
  assert.ok(bia.transfers.hasPlace);
  for (const { events } of fetches) assert.deepEqual(events.at(-1), { kind: "cancelled" });
  assert.deepEqual([...ana.bugs, ...bia.bugs], []);
});
