import assert from "node:assert/strict";
import { FRAME_SAMPLES } from "../../../lib/media/frame.ts";
import { FrameQueue } from "../../../lib/media/music/frame_queue.ts";

Deno.test("frame queue: sound of any lengths as frames, each with its time", () => {
  const queue = new FrameQueue();
  queue.push(new Int16Array(500).fill(1), 0);
  assert.equal(queue.length, 0);
  queue.push(new Int16Array(2000).fill(2), 500 / 48_000);
  assert.equal(queue.length, 2);
  const [first, second] = [queue.shift()!, queue.shift()!];
  assert.deepEqual([first.samples[499], first.samples[500]], [1, 2]);
  assert.equal(first.at, 0);
  assert.ok(Math.abs(second.at - 0.02) < 1e-9);
  // Behind a damaged place time goes on elsewhere.
  queue.push(new Int16Array(2 * FRAME_SAMPLES), 3);
  assert.ok(Math.abs(queue.shift()!.at - 0.04) < 1e-9);
  assert.ok(queue.shift()!.at > 3);
});

Deno.test("frame queue: the last one is filled up", () => {
  const queue = new FrameQueue();
  queue.finish();
  assert.equal(queue.shift(), null);
  queue.push(new Int16Array(10).fill(5), 1);
  queue.finish();
  const { samples } = queue.shift()!;
  assert.deepEqual([samples.length, samples[9], samples[10]], [FRAME_SAMPLES, 5, 0]);
});

Deno.test("frame queue: nothing is left after it was cleared", () => {
  const queue = new FrameQueue();
  queue.push(new Int16Array(3000).fill(5), 1);
  queue.clear();
  queue.push(new Int16Array(FRAME_SAMPLES).fill(6), 9);
  const { samples, at } = queue.shift()!;
  assert.deepEqual([samples[0], at, queue.length], [6, 9, 0]);
});
