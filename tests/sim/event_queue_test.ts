import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { EventQueue } from "./event_queue.ts";

Deno.test("an event queue gives out in order of time, and of entry for equal times", () => {
  const random = seededRandom(1);
  const queue = new EventQueue<{ at: number; order: number }>();
  const expected: { at: number; order: number }[] = [];
  let order = 0;
  const got: { at: number; order: number }[] = [];
  for (let round = 0; round < 2000; round += 1) {
    if (random() < 0.7) {
      const item = { at: Math.floor(random() * 50), order: order++ };
      expected.push(item);
      queue.push(item.at, item);
    } else {
      expected.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = expected.shift();
      assert.equal(queue.nextAt, next?.at ?? Infinity);
      assert.equal(queue.pop(), next);
    }
  }
  expected.sort((a, b) => a.at - b.at || a.order - b.order);
  while (queue.length > 0) got.push(queue.pop()!);
  assert.deepEqual(got, expected);
});

Deno.test("an empty event queue has nothing to give", () => {
  const queue = new EventQueue<string>();
  assert.equal(queue.pop(), undefined);
  assert.equal(queue.nextAt, Infinity);
  queue.push(1, "only");
  assert.equal(queue.pop(), "only");
  assert.equal(queue.pop(), undefined);
});
