import assert from "node:assert/strict";
import { estimateClock } from "../../lib/doctor/clock_estimate.ts";

Deno.test("clock: half of the round trip is taken off, and is what may be wrong", () => {
  const ours = { received: 10_000, roundTrip: 40 };
  assert.deepEqual(estimateClock({ ...ours, theirs: 9980 }), { ahead: 0, uncertainty: 20 });
  assert.deepEqual(estimateClock({ ...ours, theirs: 12_980 }), { ahead: 3000, uncertainty: 20 });
  assert.deepEqual(estimateClock({ ...ours, theirs: 980 }), { ahead: -9000, uncertainty: 20 });
});

Deno.test("clock: the truth is within what may be wrong, however the way is shared", () => {
  for (let there = 0; there <= 100; there += 10) {
    const [sent, difference] = [50_000, 1234];
    const { ahead, uncertainty } = estimateClock({
      received: sent + 100,
      roundTrip: 100,
      theirs: sent + there + difference,
    });
    assert.ok(Math.abs(ahead - difference) <= uncertainty, `${there} ms there`);
  }
});
