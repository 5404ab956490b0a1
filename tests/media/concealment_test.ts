import assert from "node:assert/strict";
import { Concealment } from "../../lib/media/concealment.ts";
import { FRAME_SAMPLES } from "../../lib/media/frame.ts";
import { impurity, loudness, tone } from "./tone.ts";

const SOUND = tone(200, 10 * FRAME_SAMPLES);
const frame = (n: number) => SOUND.subarray(n * FRAME_SAMPLES, (n + 1) * FRAME_SAMPLES);

Deno.test("concealment: without loss nothing changes", () => {
  const concealment = new Concealment();
  for (let n = 0; n < 5; n++) assert.deepEqual(concealment.heard(frame(n)), frame(n));
});

Deno.test("concealment: a voice goes on, fades, and comes back without a step", () => {
  const concealment = new Concealment();
  for (let n = 0; n < 3; n++) concealment.heard(frame(n));
  const invented = [concealment.invent(), concealment.invent(), concealment.invent()];
  assert.ok(impurity(invented[0]!, 200, 48_000) < -15);
  const levels = invented.map(loudness);
  assert.ok(levels[0]! > levels[1]! && levels[1]! > levels[2]! && levels[2]! > 0);
  assert.equal(loudness(concealment.invent()), 0);
  const whole = [...frame(2), ...invented[0]!, ...concealment.heard(frame(7))];
  const steps = whole.slice(1).map((sample, n) => Math.abs(sample - whole[n]!));
  assert.ok(Math.max(...steps.slice(0, 2 * FRAME_SAMPLES - 1)) < 600);
});

Deno.test("concealment: before any sound there is silence", () => {
  assert.equal(loudness(new Concealment().invent()), 0);
});
