import assert from "node:assert/strict";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import { fileBytes, sharedBytes } from "../../../lib/runtime/music/song_bytes.ts";
import { noise } from "./library/tagged_files.ts";
import { SharingNode } from "./sharing_node.ts";
import { TemporaryFolder } from "../temporary_folder.ts";

const BYTES = noise(2 * PIECE_BYTES + 10);

Deno.test("song bytes: of a file that comes, what is there, whatever it is called now", async () => {
  await using folder = await TemporaryFolder.make();
  const path = await folder.write("a.part", BYTES);
  const have = new Set([0]);
  await using song = await fileBytes(path, have);
  const bytes = BYTES.slice(10, 30);
  assert.deepEqual(await song.read(10, 20), { kind: "bytes", bytes });
  assert.deepEqual(await song.read(PIECE_BYTES - 1, 2), { kind: "missing" });
  await Deno.rename(path, folder.at("a.mp3"));
  have.add(1);
  const [from, to] = [PIECE_BYTES - 1, PIECE_BYTES + 1];
  assert.deepEqual(await song.read(from, 2), { kind: "bytes", bytes: BYTES.slice(from, to) });
});

Deno.test("song bytes: a whole file to its end; nothing is read once it is closed", async () => {
  await using folder = await TemporaryFolder.make();
  const song = await fileBytes(await folder.write("a.mp3", BYTES), null);
  const bytes = BYTES.slice(2 * PIECE_BYTES);
  assert.deepEqual(await song.read(2 * PIECE_BYTES, 100), { kind: "bytes", bytes });
  await song[Symbol.asyncDispose]();
  await song[Symbol.asyncDispose]();
  assert.deepEqual(await song.read(0, 1), { kind: "missing" });
  await assert.rejects(fileBytes(folder.at("none"), null), Deno.errors.NotFound);
});

Deno.test("song bytes: a shared file that is another by now is not there", async () => {
  await using node = await SharingNode.start({ "a.mp3": BYTES });
  const opened = await node.library.open(node.song("a.mp3").id);
  assert.ok(opened.kind === "open");
  await using song = sharedBytes(opened.reader);
  assert.deepEqual(await song.read(1, 2), { kind: "bytes", bytes: BYTES.slice(1, 3) });
  const path = await node.folder.write("a.mp3", "other");
  const fault = { why: "not_found", path } as const;
  assert.deepEqual(await song.read(1, 2), { kind: "fault", fault });
});
