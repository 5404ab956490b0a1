import assert from "node:assert/strict";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import { DownloadsFolder } from "../../../lib/runtime/music/downloads/downloads_folder.ts";
import { fileBytes } from "../../../lib/runtime/music/song_bytes.ts";
import { SpillingStore } from "../../../lib/runtime/music/spilling_store.ts";
import { TemporaryFolder } from "../temporary_folder.ts";
import { fullDisk } from "./downloads/full_disk.ts";
import { begun, Song } from "./downloads/wanted_file.ts";

const SIZE = 2 * PIECE_BYTES + 100;
/** One piece and its note, and not a second one. */
const ROOM = 1.5 * PIECE_BYTES;

/** A song on its way to a folder, and the faults that were told. */
async function open(folder: TemporaryFolder, { wanted }: Song) {
  const download = begun(await new DownloadsFolder(folder.path).begin(wanted));
  const bytes = await fileBytes(download.files.partPath, download.have);
  const told: string[] = [];
  return { told, store: new SpillingStore(download, bytes, ({ why }) => told.push(why)) };
}

Deno.test("spilling store: a song that the disk takes is a download", async () => {
  await using folder = await TemporaryFolder.make();
  const song = new Song(SIZE);
  const { store, told } = await open(folder, song);
  await using _ = store;
  for (const piece of [0, 1, 2]) assert.equal(await store.write(piece, song.piece(piece)), null);
  assert.deepEqual([store.complete, store.spilled, told], [true, false, []]);
  const path = folder.at("song.mp3");
  assert.deepEqual(await store.finish(false), { kind: "finished", path });
  assert.deepEqual(await folder.names(), ["song.mp3"]);
});

Deno.test("spilling store: what the disk does not take is read from memory, told once, not kept", async () => {
  await using folder = await TemporaryFolder.make();
  const song = new Song(SIZE);
  {
    const { store, told } = await open(folder, song);
    await using _ = store;
    {
      using _full = fullDisk(ROOM);
      for (const piece of [0, 1]) assert.equal(await store.write(piece, song.piece(piece)), null);
    }
    assert.deepEqual([[...store.have], store.complete, store.spilled], [[0, 1], false, true]);
    // With room again: the song is not kept in any case.
    assert.equal(await store.write(2, song.piece(2)), null);
    assert.deepEqual([store.complete, told], [true, ["full_disk"]]);
    for (
      const [offset, length] of [[7, 9], [PIECE_BYTES + 7, 9], [2 * PIECE_BYTES, 500]] as const
    ) {
      const bytes = song.bytes.slice(offset, offset + length);
      assert.deepEqual(await store.read(offset, length), { kind: "bytes", bytes });
    }
    assert.deepEqual(await store.finish(false), { kind: "finished", path: "song.mp3" });
  }
  assert.deepEqual(await folder.names(), ["song.mp3.part", "song.mp3.part.state"]);
  const { store } = await open(folder, song);
  await using _ = store;
  assert.deepEqual([...store.have], [0], "what the disk has is there the next time");
});

Deno.test("spilling store: a piece in memory is a copy of what came", async () => {
  await using folder = await TemporaryFolder.make();
  const song = new Song(100);
  const { store } = await open(folder, song);
  await using _ = store;
  using _full = fullDisk();
  const piece = song.piece(0).slice();
  await store.write(0, piece);
  piece.fill(0);
  assert.deepEqual(await store.read(0, 100), { kind: "bytes", bytes: song.bytes.slice() });
});

for (const wrong of [0, 2]) {
  const where = wrong === 0 ? "on the disk" : "in memory";
  Deno.test(`spilling store: wrong content ${where} is a fault, and nothing of it is kept`, async () => {
    await using folder = await TemporaryFolder.make();
    const song = new Song(SIZE);
    const { store } = await open(folder, song);
    await using _ = store;
    using _full = fullDisk(ROOM);
    for (const piece of [0, 1, 2]) {
      const bytes = song.piece(piece).slice();
      if (piece === wrong) bytes[50]! ^= 1;
      assert.equal(await store.write(piece, bytes), null);
    }
    assert.ok(store.spilled);
    const fault = { why: "wrong_content", path: "song.mp3" } as const;
    assert.deepEqual(await store.finish(false), { kind: "fault", fault });
    assert.deepEqual(await folder.names(), []);
  });
}
