import assert from "node:assert/strict";
import type { CatalogueSong } from "../../../lib/music/catalogue/song.ts";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import { MemorySongs } from "../../../lib/runtime/music/memory_songs.ts";
import type { PieceStore } from "../../../lib/runtime/music/piece_store.ts";
import {
  type FetchOutcome,
  type FindSources,
  SongFetch,
} from "../../../lib/runtime/music/song_fetch.ts";
import { until } from "../line_client.ts";
import { noise } from "./library/tagged_files.ts";
import { SharingNode } from "./sharing_node.ts";

const BYTES = noise(3 * PIECE_BYTES);

/** A song that nobody has. */
const NOWHERE: CatalogueSong = {
  ...{ id: "0".repeat(64), name: "a.mp3", title: "", artist: "", seconds: null },
  ...{ size: BYTES.length, pieces: null, sources: [] },
};

/** A fetch into memory, and what it tells. */
function fetchOf(
  node: SharingNode,
  song: CatalogueSong,
  change: {
    readonly store?: PieceStore;
    readonly write?: PieceStore["write"];
    readonly find?: FindSources;
  } = {},
) {
  const { find = () => Promise.resolve([]) } = change;
  const { write = null, store = new MemorySongs(Infinity).begin(song) } = change;
  if (write !== null) store.write = write;
  const told: { more: number; lost: string[]; outcome: FetchOutcome | null; bugs: unknown[] } = {
    ...{ more: 0, lost: [], outcome: null, bugs: [] },
  };
  const fetch = new SongFetch(node.transfers, song, store, 0, null, find, {
    more: () => void told.more++,
    sourceLost: (name, fault) => void told.lost.push(`${name} ${fault}`),
    ended: (outcome) => told.outcome = outcome,
    bug: (error) => void told.bugs.push(error),
  });
  return { fetch, told, store };
}

Deno.test("song fetch: into a store, with the name of who sends it", async () => {
  await using ana = await SharingNode.start({ "a.mp3": BYTES });
  await using bia = await SharingNode.start();
  const { fetch, told, store } = fetchOf(bia, ana.song("a.mp3"));
  await using _ = fetch;
  assert.equal(fetch.source, null);
  await until(() => told.outcome !== null, "the end");
  assert.deepEqual(told, {
    ...{ more: 3, lost: [], bugs: [] },
    outcome: { kind: "finished", path: "a.mp3" },
  });
  assert.equal(fetch.source, "ana");
  assert.equal(fetch.status, null);
  assert.deepEqual(await store.read(0, BYTES.length), { kind: "bytes", bytes: BYTES });
});

Deno.test("song fetch: what is there already is not fetched", async () => {
  await using ana = await SharingNode.start({ "a.mp3": BYTES });
  await using bia = await SharingNode.start();
  const song = ana.song("a.mp3");
  const before = new MemorySongs(Infinity).begin(song);
  await before.write(1, BYTES.subarray(PIECE_BYTES, 2 * PIECE_BYTES));
  const { told } = fetchOf(bia, song, { store: before });
  await until(() => told.outcome !== null, "the end");
  assert.equal(told.more, 2);
});

Deno.test("song fetch: a store that is full ends it, and the source hears of it", async () => {
  await using ana = await SharingNode.start({ "a.mp3": BYTES });
  await using bia = await SharingNode.start();
  const fault = { why: "full_disk", path: "a.mp3" } as const;
  const { told, fetch } = fetchOf(bia, ana.song("a.mp3"), { write: () => Promise.resolve(fault) });
  await until(() => told.outcome !== null, "the end");
  const outcome = { kind: "fault", fault: { why: "download", fault } };
  assert.deepEqual(told, { more: 0, lost: [], bugs: [], outcome });
  assert.equal(fetch.status, null);
});

Deno.test("song fetch: a source that has it no more is only told of where it had begun", async () => {
  await using ana = await SharingNode.start({ "a.mp3": BYTES });
  await using rui = await SharingNode.start({ "b.mp3": BYTES.subarray(1) });
  await using bia = await SharingNode.start();
  const song = ana.song("a.mp3");
  const [other] = rui.song("b.mp3").sources;
  const { told } = fetchOf(bia, { ...song, sources: [{ ...other!, name: "rui" }] });
  await until(() => told.outcome !== null, "the end");
  const outcome = { kind: "fault", fault: { why: "fetch", fault: "not_available" } };
  assert.deepEqual(told, { more: 0, lost: [], bugs: [], outcome });
});

Deno.test("song fetch: a source that leaves, paused, limited, gone on with, disposed of", async () => {
  await using ana = await SharingNode.start({ "a.mp3": BYTES }, 100_000);
  await using bia = await SharingNode.start();
  const { fetch, told } = fetchOf(bia, ana.song("a.mp3"));
  await until(() => fetch.source === "ana", "found");
  fetch.pause();
  assert.equal(fetch.status?.paused, true);
  fetch.resume();
  fetch.limit(50_000);
  fetch.seek(PIECE_BYTES);
  assert.equal(fetch.status?.paused, false);
  const { receivedBytes } = fetch.status!;
  await until(() => fetch.status!.receivedBytes > receivedBytes, "it goes on");
  ana.transfers.leave();
  await until(() => told.lost.length > 0, "lost");
  assert.deepEqual([told.lost, fetch.source], [["ana source_failed"], null]);
  await fetch[Symbol.asyncDispose]();
  assert.deepEqual([told.outcome, told.bugs], [{ kind: "cancelled" }, []]);
});

Deno.test("song fetch: a source is lost, and the catalogue says where the song is now", async () => {
  await using rui = await SharingNode.start({ "a.mp3": BYTES });
  await using bia = await SharingNode.start();
  const elsewhere = rui.song("a.mp3").sources.map((source) => ({ ...source, name: "rui" }));
  for (const answers of [[elsewhere], [[], elsewhere]]) {
    await using ana = await SharingNode.start({ "a.mp3": BYTES }, 300_000);
    const find = () => Promise.resolve(answers.shift() ?? []);
    const { fetch, told, store } = fetchOf(bia, ana.song("a.mp3"), { find });
    await until(() => store.have.size > 0, "a piece");
    await ana.stopSharing();
    await until(() => told.outcome !== null, "the end");
    assert.deepEqual([told.outcome, told.bugs], [{ kind: "finished", path: "a.mp3" }, []]);
    assert.deepEqual([fetch.source, told.lost], ["rui", ["ana source_failed"]]);
    assert.equal(told.more, 3, "a piece came twice");
  }
});

Deno.test("song fetch: ended while the catalogue is asked, it is cancelled", async () => {
  await using bia = await SharingNode.start();
  const song = { ...NOWHERE, sources: [] };
  const answer = Promise.withResolvers<CatalogueSong["sources"]>();
  const { fetch, told } = fetchOf(bia, song, { find: () => answer.promise });
  await until(() => fetch.status === null, "nobody is known");
  assert.equal(told.outcome, null);
  await fetch[Symbol.asyncDispose]();
  assert.deepEqual(told.outcome, { kind: "cancelled" });
  answer.resolve([{ name: "rui", ip: "127.0.0.1", port: 9 }]);
  await answer.promise;
  assert.deepEqual([fetch.status, told.bugs], [null, []]);
});
