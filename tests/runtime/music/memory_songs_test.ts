import assert from "node:assert/strict";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import { MemorySongs } from "../../../lib/runtime/music/memory_songs.ts";
import { Song } from "./downloads/wanted_file.ts";

const SIZE = 2 * PIECE_BYTES + 1000;

Deno.test("memory songs: pieces as they come, to be read and gone on with", async () => {
  const songs = new MemorySongs(10 * SIZE);
  const song = new Song(SIZE);
  const store = songs.begin(song.wanted);
  assert.equal(await store.write(0, song.piece(0)), null);
  assert.equal(await store.write(2, song.piece(2)), null);
  assert.deepEqual(await store.read(100, 50), { kind: "bytes", bytes: song.bytes.slice(100, 150) });
  assert.deepEqual(await store.read(PIECE_BYTES - 1, 2), { kind: "missing" });
  const again = songs.begin(song.wanted);
  assert.deepEqual([...again.there.have], [0, 2]);
  assert.equal(again.there.begun.pieces, 1);
  assert.equal(again.complete, false);
  await again.write(1, song.piece(1));
  assert.equal(again.complete, true);
  assert.deepEqual(await store.read(PIECE_BYTES - 1, SIZE), {
    kind: "bytes",
    bytes: song.bytes.slice(PIECE_BYTES - 1),
  });
  assert.equal(again.there.begun.hasher.digest().toHex(), song.wanted.id);
  assert.equal((await store.finish(false)).kind, "finished");
  assert.equal(songs.find(song.wanted.id)?.complete, true);
});

Deno.test("memory songs: wrong content is not kept", async () => {
  const songs = new MemorySongs(SIZE);
  const song = new Song(1000);
  const store = songs.begin(song.wanted);
  await store.write(0, song.bytes.map((byte) => byte ^ 1));
  const outcome = await store.finish(false);
  assert.ok(outcome.kind === "fault" && outcome.fault.why === "wrong_content");
  assert.equal(songs.find(song.wanted.id), null);
});

Deno.test("memory songs: what was used last stays; one alone may be larger", () => {
  const songs = new MemorySongs(2 * SIZE);
  const [one, two, three] = [1, 2, 3].map((seed) => new Song(SIZE, "a.mp3", seed).wanted);
  songs.begin(one!);
  songs.begin(two!);
  songs.find(one!.id);
  songs.begin(three!);
  const there = [one, two, three].map((wanted) => songs.find(wanted!.id) !== null);
  assert.deepEqual(there, [true, false, true]);
  const large = { ...two!, size: 5 * SIZE };
  songs.begin(large);
  assert.ok(songs.find(large.id) !== null && songs.find(one!.id) === null);
});

Deno.test("memory songs: the same song of another size begins anew", async () => {
  const songs = new MemorySongs(10 * SIZE);
  const song = new Song(SIZE);
  const wrong = songs.begin({ ...song.wanted, size: SIZE + PIECE_BYTES });
  await wrong.write(0, song.piece(0));
  const right = songs.begin(song.wanted);
  assert.deepEqual([...right.there.have], []);
  for (const piece of [0, 1, 2]) await right.write(piece, song.piece(piece));
  assert.equal(right.complete, true);
  // The one that was replaced ends by itself, and takes nothing with it.
  await wrong.write(1, song.piece(1));
  await wrong.write(2, song.piece(2));
  await wrong.write(3, song.piece(2));
  assert.equal((await wrong.finish(false)).kind, "fault");
  assert.equal(songs.find(song.wanted.id), right);
});
