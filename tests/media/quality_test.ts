import assert from "node:assert/strict";
import { qualityOf } from "../../lib/media/quality.ts";

Deno.test("quality: values of the E-model", () => {
  const best = qualityOf({ delay: 0, concealed: 0 });
  assert.equal(best.rating, 93.2);
  assert.ok(Math.abs(best.score - 4.41) < 0.01);
  // 150 ms: 93.2 − 3.6; 300 ms: 93.2 − 7.2 − 13.5.
  assert.ok(Math.abs(qualityOf({ delay: 150, concealed: 0 }).rating - 89.6) < 0.01);
  assert.ok(Math.abs(qualityOf({ delay: 300, concealed: 0 }).rating - 72.5) < 0.1);
  // 5 % loss: 95 · 5 / 30.1.
  assert.ok(Math.abs(qualityOf({ delay: 0, concealed: 0.05 }).rating - 77.42) < 0.01);
});

Deno.test("quality: worse never sounds better, and stays on the scale", () => {
  let last = Infinity;
  for (let step = 0; step <= 100; step++) {
    const { score } = qualityOf({ delay: step * 20, concealed: step / 100 });
    assert.ok(score <= last && score >= 1);
    last = score;
  }
});
