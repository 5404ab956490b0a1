import assert from "node:assert/strict";
import { ByteQueue } from "../../../lib/media/music/byte_queue.ts";
import { type MpegFrame, MpegFrames } from "../../../lib/media/music/mpeg_frames.ts";
import { FORMATS, SONG_SECONDS } from "./song_files.ts";

function framesOf(file: Uint8Array, part = 700): { frames: MpegFrame[]; damaged: number } {
  const input = new ByteQueue();
  const reader = new MpegFrames(input);
  const frames: MpegFrame[] = [];
  for (let at = 0; at <= file.length; at += part) {
    input.push(file.subarray(at, at + part));
    if (at + part > file.length) input.end();
    for (let next = reader.next(); next !== null; next = reader.next()) {
      if (next !== "skipped") frames.push(next);
    }
  }
  assert.equal(input.length, 0);
  return { frames, damaged: reader.damaged };
}

Deno.test("MPEG frames: all of a file, between its tags", async () => {
  const file = await FORMATS.mp3();
  const tag = new Uint8Array(128);
  tag.set(new TextEncoder().encode("TAG"));
  for (const part of [1, 700, 100_000]) {
    const { frames, damaged } = framesOf(new Uint8Array([...file, ...tag]), part);
    assert.equal(damaged, 0);
    const seconds = frames.length * 1152 / 44_100;
    assert.ok(seconds > SONG_SECONDS && seconds < SONG_SECONDS + 0.1, `${seconds}`);
    assert.ok(frames.every(({ bytes, header }) => bytes.length === header.length));
    assert.ok(frames.every(({ bytes, position }) => file[position + 2] === bytes[2]));
  }
});

Deno.test("MPEG frames: a lost header costs its frame", async () => {
  const file = (await FORMATS.mp3()).slice();
  const { frames: whole } = framesOf(file);
  file[whole[50]!.position] = 0;
  const { frames, damaged } = framesOf(file);
  assert.equal(damaged, 1);
  assert.equal(frames.length, whole.length - 1);
});

Deno.test("MPEG frames: from the middle, none is taken that is none", async () => {
  const file = await FORMATS.mp3();
  const places = new Set(framesOf(file).frames.map(({ position }) => position));
  const { frames, damaged } = framesOf(file.subarray(30_000));
  assert.equal(damaged, 0);
  assert.ok(frames.every(({ position }) => places.has(position + 30_000)));
});

Deno.test("MPEG frames: what looks like a frame before the song does not rule it out", async () => {
  const song = await FORMATS.mp3();
  const other = Uint8Array.of(0xFF, 0xFB, 0x98, 0x64);
  const before = new Uint8Array(200_000);
  before.set(other, 0);
  // 128 kbit/s at 32 kHz.
  before.set(other, 576);
  const { frames } = framesOf(new Uint8Array([...before, ...song]), 50_000);
  assert.ok(frames.length > 300, `${frames.length}`);
});
