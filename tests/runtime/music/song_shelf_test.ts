import assert from "node:assert/strict";
import type { DownloadFault } from "../../../lib/music/library_status.ts";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import { PlayCache } from "../../../lib/runtime/music/downloads/play_cache.ts";
import { MemorySongs } from "../../../lib/runtime/music/memory_songs.ts";
import { SongShelf } from "../../../lib/runtime/music/song_shelf.ts";
import { Song } from "./downloads/wanted_file.ts";
import { noise } from "./library/tagged_files.ts";
import { SharingNode } from "./sharing_node.ts";

const SIZE = PIECE_BYTES + 100;

/** A song as the catalogue has it. */
function listed({ wanted }: Song) {
  const sources = [{ name: "ana", ip: "127.0.0.1", port: 7000 }];
  return { ...wanted, title: "", artist: "", seconds: null, pieces: null, sources };
}

const KEPT = (fault: DownloadFault) => assert.fail(fault.why);

Deno.test("song shelf: what is shared is here", async () => {
  await using node = await SharingNode.start({ "a.mp3": noise(SIZE) });
  const shelf = new SongShelf(node.library, null, new MemorySongs(SIZE));
  const { id } = node.song("a.mp3");
  assert.ok(shelf.has(id));
  await using bytes = await shelf.open(id);
  assert.deepEqual(await bytes?.read(5, 10), { kind: "bytes", bytes: noise(SIZE).slice(5, 15) });
  const unknown = "0".repeat(64);
  assert.deepEqual([shelf.has(unknown), await shelf.open(unknown)], [false, null]);
});

Deno.test("song shelf: a place in the cache, read while it is filled, and found later", async () => {
  await using node = await SharingNode.start();
  const cache = node.folder.at("cache");
  const shelf = new SongShelf(node.library, new PlayCache(cache, 10 * SIZE), new MemorySongs(SIZE));
  const song = new Song(SIZE);
  const place = await shelf.begin(listed(song), KEPT);
  await place.store.write(0, song.piece(0));
  const bytes = song.bytes.slice(0, 9);
  assert.deepEqual(await place.bytes.read(0, 9), { kind: "bytes", bytes });
  assert.deepEqual(await place.bytes.read(PIECE_BYTES, 1), { kind: "missing" });
  assert.equal(shelf.has(song.wanted.id), false);
  await place.store.write(1, song.piece(1));
  const outcome = await place.store.finish(false);
  assert.ok(outcome.kind === "finished");
  place.done(outcome.path);
  assert.ok(shelf.has(song.wanted.id));
  const other = new SongShelf(node.library, new PlayCache(cache, 10 * SIZE), new MemorySongs(0));
  for (const one of [shelf, other]) {
    await using opened = await one.open(song.wanted.id);
    const last = song.bytes.slice(PIECE_BYTES);
    assert.deepEqual(await opened?.read(PIECE_BYTES, 100), { kind: "bytes", bytes: last });
  }
  await place.bytes[Symbol.asyncDispose]();
  place.kept[Symbol.dispose]();
  // Somebody tidied up: it can be fetched once more.
  await Deno.remove(cache, { recursive: true });
  assert.equal(await shelf.open(song.wanted.id), null);
  assert.equal(shelf.has(song.wanted.id), false);
});

Deno.test("song shelf: in memory where there is no cache, or it cannot be used", async () => {
  await using node = await SharingNode.start();
  const song = new Song(SIZE);
  const blocked = await node.folder.write("cache.txt", "no folder");
  for (const cache of [null, new PlayCache(blocked, 10 * SIZE)]) {
    const shelf = new SongShelf(node.library, cache, new MemorySongs(SIZE));
    const told: string[] = [];
    const { store, bytes, kept, done } = await shelf.begin(
      listed(song),
      ({ why }) => void told.push(why),
    );
    assert.deepEqual(told, cache === null ? [] : ["no_folder"]);
    await store.write(0, song.piece(0));
    assert.equal(shelf.has(song.wanted.id), false);
    assert.equal(await shelf.open(song.wanted.id), null);
    await store.write(1, song.piece(1));
    done(song.wanted.name);
    assert.ok(shelf.has(song.wanted.id));
    assert.equal(await shelf.open(song.wanted.id), bytes);
    kept[Symbol.dispose]();
  }
});
