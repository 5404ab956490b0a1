import assert from "node:assert/strict";
import { seededRandom } from "../../../lib/base/random.ts";
import { ByteQueue } from "../../../lib/media/music/byte_queue.ts";

Deno.test("byte queue: what was pushed comes out in order, and its place is known", () => {
  const random = seededRandom(1);
  const queue = new ByteQueue();
  let pushed = 0;
  let read = 0;
  for (let turn = 0; turn < 2000; turn++) {
    const length = Math.floor(random() * 300);
    queue.push(Uint8Array.from({ length }, () => pushed++ & 0xFF));
    const count = Math.min(queue.length, Math.floor(random() * 310));
    assert.equal(queue.position, read);
    const bytes = queue.bytes.subarray(0, count);
    assert.ok(bytes.every((byte, n) => byte === (read + n & 0xFF)));
    queue.drop(count);
    read += count;
  }
  assert.equal(queue.length, pushed - read);
});

Deno.test("byte queue: what is dropped before it arrives", () => {
  const queue = new ByteQueue();
  queue.push(Uint8Array.of(1, 2));
  queue.drop(5);
  assert.deepEqual([queue.length, queue.position], [0, 2]);
  queue.push(Uint8Array.of(3, 4));
  assert.deepEqual([queue.length, queue.position], [0, 4]);
  queue.push(Uint8Array.of(5, 6, 7));
  assert.deepEqual([[...queue.bytes], queue.position], [[6, 7], 5]);
});

Deno.test("byte queue: another place", () => {
  const queue = new ByteQueue();
  queue.push(Uint8Array.of(1));
  queue.drop(9);
  queue.end();
  queue.restart(1000);
  assert.equal(queue.ended, false);
  queue.push(Uint8Array.of(8));
  assert.deepEqual([[...queue.bytes], queue.position], [[8], 1000]);
});
