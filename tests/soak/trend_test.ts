import { strict as assert } from "node:assert";
import { seededRandom } from "../../lib/base/random.ts";
import { HOUR, MIB, MINUTE, SECOND } from "../../lib/base/units.ts";
import { HEAP, leaks, type Look, trendOf } from "./trend.ts";

const LOOKS = 60;
const INTERVAL = 6 * SECOND;

/** A series of six minutes around 40 MiB. */
function series(value: (at: number, random: () => number) => number, seed = 1): Look[] {
  const random = seededRandom(seed);
  return Array.from({ length: LOOKS }, (_, n) => {
    const at = n * INTERVAL;
    return { at, value: 40 * MIB + value(at, random) };
  });
}

/** Noise whose every value is near the one before: what people in a process make of its memory. */
function wandering(step: number): (at: number, random: () => number) => number {
  let level = 0;
  return (_, random) => level = 0.9 * level + step * (random() - 0.5);
}

Deno.test("a line is found with its slope, and without noise it is certain", () => {
  const trend = trendOf(series((at) => 60 * MIB * at / HOUR));
  assert.ok(Math.abs(trend.perHour - 60 * MIB) < 1);
  assert.ok(Math.abs(trend.growth - 60 * MIB * (LOOKS - 1) * INTERVAL / HOUR) < 1);
  assert.ok(trend.uncertainty < 1);
});

Deno.test("the uncertainty is the one of independent looks where they are", () => {
  const slopes = Array.from(
    { length: 200 },
    (_, seed) => trendOf(series((_, random) => MIB * (random() - 0.5), seed)),
  );
  const outside = slopes.filter(({ perHour, uncertainty }) => Math.abs(perHour) > 2 * uncertainty);
  assert.ok(outside.length < 0.1 * slopes.length, `${outside.length} of ${slopes.length}`);
});

Deno.test("a heap that grows by two megabytes a minute leaks, in noise as well", () => {
  const leak = (at: number) => 2 * MIB * at / MINUTE;
  assert.ok(leaks(trendOf(series(leak)), HEAP));
  assert.ok(leaks(trendOf(series((at, random) => leak(at) + MIB * (random() - 0.5))), HEAP));
  const noise = wandering(MIB);
  assert.ok(leaks(trendOf(series((at, random) => leak(at) + noise(at, random))), HEAP));
});

Deno.test("what stays, shrinks, or wanders about does not leak", () => {
  assert.ok(!leaks(trendOf(series(() => 0)), HEAP));
  assert.ok(!leaks(trendOf(series((at) => -MIB * at / MINUTE)), HEAP));
  for (let seed = 0; seed < 200; seed++) {
    assert.ok(!leaks(trendOf(series(wandering(2 * MIB), seed)), HEAP), `seed ${seed}`);
  }
});

Deno.test("a growth that is sure and small is allowed", () => {
  assert.ok(!leaks(trendOf(series((at) => MIB / 4 * at / MINUTE)), HEAP));
});

Deno.test("a trend needs four looks", () => {
  assert.throws(() => trendOf(series(() => 0).slice(0, 3)), TypeError);
});
