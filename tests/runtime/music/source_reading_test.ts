import assert from "node:assert/strict";
import { SourceReading } from "../../../lib/runtime/music/source_reading.ts";
import { noise } from "./library/tagged_files.ts";
import { SharingNode } from "./sharing_node.ts";

const BYTES = noise(5000);

Deno.test("source reading: pieces of an open file, each stream with a reader of its own", async () => {
  await using node = await SharingNode.start({ "a.mp3": BYTES });
  const { id } = node.song("a.mp3");
  const opened: string[] = [];
  using reading = new SourceReading((wanted) => {
    opened.push(wanted);
    return node.library.open(wanted);
  });
  const read = (stream: number, offset: number, length: number) =>
    reading.read({ kind: "read", stream, id, piece: 7, offset, length });
  for (const stream of [1, 1, 2]) {
    const bytes = BYTES.slice(100, 300);
    assert.deepEqual(await read(stream, 100, 200), { kind: "block", stream, piece: 7, bytes });
  }
  assert.equal(opened.length, 2);
  // Fewer bytes than were asked for are not what the stream has announced.
  assert.deepEqual(await read(1, 4000, 1001), { kind: "read_failed", stream: 1 });
  reading.close(1);
  reading.close(1);
  assert.equal((await read(1, 0, 1)).kind, "block");
  assert.equal(opened.length, 3);
});

Deno.test("source reading: a file that is not there, and opening that throws", async () => {
  await using node = await SharingNode.start();
  const read = { kind: "read", stream: 1, id: "0", piece: 0, offset: 0, length: 1 } as const;
  using missing = new SourceReading((id) => node.library.open(id));
  assert.deepEqual(await missing.read(read), { kind: "read_failed", stream: 1 });
  using broken = new SourceReading(() => Promise.reject(new TypeError("bug")));
  await assert.rejects(broken.read(read), TypeError);
  broken.close(1);
});
