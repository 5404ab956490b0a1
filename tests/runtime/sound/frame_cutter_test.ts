import assert from "node:assert/strict";
import fc from "fast-check";
import { FrameCutter } from "../../../lib/runtime/sound/frame_cutter.ts";
import { bytesOf } from "./wav_bytes.ts";

/** Bytes of frames of which every sample is the frame's number. */
function numbered(first: number, frames: number): Uint8Array {
  return bytesOf(Int16Array.from({ length: frames * 960 }, (_, n) => first + Math.floor(n / 960)));
}

function numbers(frames: Int16Array[]): number[] {
  return frames.map((frame) => {
    assert.ok(frame.every((sample) => sample === frame[0]));
    return frame[0]!;
  });
}

Deno.test("frame cutter: parts of any length become the same frames", () => {
  const bytes = numbered(1, 200);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1 }), (lengths) => {
      const cutter = new FrameCutter();
      const seen: number[] = [];
      for (let at = 0, n = 0; at < bytes.length; n++) {
        const part = bytes.subarray(at, at + lengths[n % lengths.length]!);
        at += part.length;
        // Bytes come when their last sample was recorded.
        seen.push(...numbers(cutter.cut(part, at / 96)));
      }
      assert.deepEqual(seen, Array.from({ length: 200 }, (_, n) => n + 1));
    }),
    { numRuns: 50, seed: 4 },
  );
});

Deno.test("frame cutter: of a burst after a stall the newest three are kept", () => {
  const cutter = new FrameCutter();
  assert.deepEqual(numbers(cutter.cut(numbered(1, 1), 20)), [1]);
  assert.deepEqual(numbers(cutter.cut(numbered(2, 34), 700)), [33, 34, 35]);
  assert.deepEqual(numbers(cutter.cut(numbered(36, 20), 700.5)), [55], "the rest of it");
  assert.deepEqual(numbers(cutter.cut(numbered(36, 20), 701)), []);
  assert.deepEqual(numbers(cutter.cut(numbered(56, 1), 720.5)), [56]);
});

Deno.test("frame cutter: a card that is faster than our clock by 1 % loses nothing", () => {
  const cutter = new FrameCutter();
  for (let n = 0; n < 5000; n++) {
    assert.deepEqual(numbers(cutter.cut(numbered(n, 1), n * 20 / 1.01)), [n]);
  }
});

Deno.test("frame cutter: a frame that had begun before a burst is cut where it ends", () => {
  const cutter = new FrameCutter();
  const bytes = numbered(1, 10);
  assert.deepEqual(numbers(cutter.cut(bytes.subarray(0, 1001), 0)), []);
  assert.deepEqual(numbers(cutter.cut(bytes.subarray(1001), 0)), [8, 9, 10]);
  const next = new FrameCutter();
  next.cut(bytes.subarray(0, 1001), 0);
  assert.deepEqual(numbers(next.cut(bytes.subarray(1001, 4000), 0)), [1, 2]);
  assert.deepEqual(numbers(next.cut(bytes.subarray(4000, 5760), 20)), [3]);
});

Deno.test("frame cutter: a frame is the receiver's to keep", () => {
  const cutter = new FrameCutter();
  const bytes = numbered(5, 1);
  const [frame] = cutter.cut(bytes, 0);
  bytes.fill(0);
  assert.equal(frame![0], 5);
});
