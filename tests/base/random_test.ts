import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";

const take = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random());
};

Deno.test("seeded random: the same seed gives the same run, another seed another", () => {
  assert.deepEqual(take(42, 50), take(42, 50));
  assert.deepEqual(take(1, 5), take(1 + 2 ** 32, 5));
  assert.notDeepEqual(take(42, 5), take(43, 5));
});

Deno.test("seeded random: spread evenly over [0, 1)", () => {
  const tenths = new Array(10).fill(0);
  for (const number of take(1, 20_000)) {
    assert.ok(number >= 0 && number < 1);
    tenths[Math.floor(number * 10)] += 1;
  }
  for (const count of tenths) assert.ok(count > 1800 && count < 2200, tenths.join());
});
