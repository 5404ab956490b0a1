import assert from "node:assert/strict";
import { ByteQueue } from "../../../lib/media/music/byte_queue.ts";
import { type FlacFrame, FlacFrames } from "../../../lib/media/music/flac_frames.ts";
import { FlacHeadReader } from "../../../lib/media/music/flac_head.ts";
import { parseFlacHeader } from "../../../lib/media/music/flac_header.ts";
import { FORMATS, SONG_SECONDS, songFile } from "./song_files.ts";

function framesOf(file: Uint8Array, part = 1000): { frames: FlacFrame[]; damaged: number } {
  const input = new ByteQueue();
  const head = new FlacHeadReader(input);
  const reader = new FlacFrames(input);
  const frames: FlacFrame[] = [];
  for (let at = 0; at <= file.length; at += part) {
    input.push(file.subarray(at, at + part));
    if (at + part > file.length) input.end();
    if (typeof head.read() === "string") continue;
    for (let next = reader.next(); next !== null; next = reader.next()) {
      if (next !== "skipped") frames.push(next);
    }
  }
  return { frames, damaged: reader.damaged };
}

Deno.test("FLAC frames: all of a file, numbered, in parts of any size", async () => {
  const file = await FORMATS.flac();
  for (const part of [97, 5000, 1_000_000]) {
    const { frames, damaged } = framesOf(file, part);
    assert.equal(damaged, 0);
    assert.deepEqual(frames.map(({ header }) => header.number), frames.map((_, n) => n));
    const samples = frames.reduce((sum, { header }) => sum + header.samples, 0);
    assert.equal(samples, SONG_SECONDS * 44_100);
    assert.ok(frames.every(({ header }) => header.rate === 44_100 && header.channels === 2));
  }
});

Deno.test("FLAC frames: a damaged one is left out alone", async () => {
  const file = (await FORMATS.flac()).slice();
  const { frames: whole } = framesOf(file);
  file[Math.floor(file.length / 2)]! ^= 0x55;
  const { frames, damaged } = framesOf(file);
  assert.equal(damaged, 1);
  assert.equal(frames.length, whole.length - 1);
});

Deno.test("FLAC frames: an old tag behind the last one", async () => {
  const file = await FORMATS.flac();
  const tag = new Uint8Array(128);
  tag.set(new TextEncoder().encode("TAG"));
  const { frames } = framesOf(new Uint8Array([...file, ...tag]));
  assert.equal(frames.length, framesOf(file).frames.length);
});

Deno.test("FLAC header: none by chance, none that is cut off", async () => {
  const { frames } = framesOf(await songFile(["-ar", "96000", "-f", "flac"]));
  for (const { header, bytes } of frames) {
    assert.deepEqual(parseFlacHeader(bytes), header);
    for (let length = 0; length < header.length; length++) {
      assert.equal(parseFlacHeader(bytes.subarray(0, length)), null);
    }
    for (let bit = 0; bit < header.length * 8; bit++) {
      const broken = bytes.slice(0, 20);
      broken[bit >> 3]! ^= 1 << (bit & 7);
      assert.equal(parseFlacHeader(broken), null);
    }
  }
});
