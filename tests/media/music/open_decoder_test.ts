import assert from "node:assert/strict";
import { ByteQueue } from "../../../lib/media/music/byte_queue.ts";
import { loadDecoders, openDecoder } from "../../../lib/media/music/open_decoder.ts";
import { SongStream } from "../../../lib/media/music/song_stream.ts";
import { heardOf } from "./heard.ts";
import { FORMATS } from "./song_files.ts";

const files = await Promise.all(Object.values(FORMATS).map((file) => file()));

Deno.test({
  name: "open decoder: no format needs any permission",
  permissions: "none",
  async fn() {
    await loadDecoders();
    for (const file of files) {
      using song = new SongStream({ size: file.length, seconds: null });
      assert.ok((await heardOf(song, file, { most: 10 })).frames.length >= 10);
    }
  },
});

Deno.test("open decoder: each is hungry at first, and over when nothing comes", async () => {
  for (const codec of ["mp3", "opus", "vorbis", "flac", "wav"] as const) {
    const input = new ByteQueue();
    using decoder = await openDecoder(codec, input, { size: 0, seconds: null });
    assert.equal((await decoder.step()).kind, "hungry");
    assert.equal(decoder.info, null);
    assert.equal(decoder.byteOffsetOf(3), null);
    input.end();
    assert.ok(["over", "unplayable"].includes((await decoder.step()).kind));
  }
});
