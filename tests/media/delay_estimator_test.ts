import assert from "node:assert/strict";
import { DelayEstimator } from "../../lib/media/delay_estimator.ts";
import { MEDIA_LIMITS } from "../../lib/media/limits.ts";

const fed = (transits: readonly number[]) => {
  const estimator = new DelayEstimator();
  for (const transit of transits) estimator.add(transit);
  return estimator;
};

Deno.test("delay: a regular path needs the least delay, wherever the clocks begin", () => {
  for (const transit of [0, -5e9, 7e12]) {
    const estimator = fed(Array(60).fill(transit));
    assert.equal(estimator.target, 26);
    assert.equal(estimator.base, transit);
  }
});

Deno.test("delay: an irregular one needs the delay of its slow packets, and time for repair", () => {
  const estimator = fed(Array.from({ length: 50 }, (_, n) => 100 + n));
  assert.equal(estimator.base, 100);
  assert.equal(estimator.target, 48 + MEDIA_LIMITS.repairDelay);
});

Deno.test("delay: one slow packet alone is not waited for, many are, up to the most", () => {
  assert.equal(fed([...Array(50).fill(10), 150]).target, 26);
  assert.equal(fed([...Array(50).fill(10), 150, 150]).target, 160);
  assert.equal(fed([...Array(50).fill(10), 900, 900]).target, 200);
});

Deno.test("delay: after a second nothing is left of a burst", () => {
  const estimator = fed([...Array(50).fill(10), 150, 130, 110, 90, 70, 50, 30]);
  for (let n = 0; n < 50; n++) estimator.add(10);
  assert.equal(estimator.target, 26);
});

Deno.test("delay: a transit seconds away is a jump of the clock, before which nothing counts", () => {
  const estimator = fed([10]);
  assert.ok(!estimator.jumped(4000) && !estimator.jumped(-4000));
  assert.ok(estimator.jumped(6000) && estimator.jumped(-6000));
  estimator.reset();
  assert.ok(!estimator.jumped(6000));
});
