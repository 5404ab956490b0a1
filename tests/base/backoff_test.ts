import assert from "node:assert/strict";
import { Backoff } from "../../lib/base/backoff.ts";
import { seededRandom } from "../../lib/base/random.ts";

const PLAN = { first: 1000, most: 30_000 };

Deno.test("back-off: doubles from the first to the most", () => {
  const backoff = new Backoff(PLAN, () => 1);
  const delays = Array.from({ length: 7 }, () => backoff.next());
  assert.deepEqual(delays, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

Deno.test("back-off: jitter is the upper half of each delay", () => {
  const least = new Backoff(PLAN, () => 0);
  assert.deepEqual([least.next(), least.next(), least.next()], [500, 1000, 2000]);
  const backoff = new Backoff(PLAN, seededRandom(7));
  for (let i = 0; i < 2000; i++) {
    const delay = backoff.next();
    const full = Math.min(PLAN.most, PLAN.first * 2 ** i);
    assert.ok(Number.isInteger(delay) && delay >= full / 2 && delay <= full);
  }
});

Deno.test("back-off: a success starts over", () => {
  const backoff = new Backoff(PLAN, () => 1);
  backoff.next();
  backoff.next();
  backoff.reset();
  assert.equal(backoff.next(), 1000);
});
