import assert from "node:assert/strict";
import { Gain } from "../../lib/media/gain.ts";
import { FRAME_SAMPLES } from "../../lib/media/frame.ts";

const constant = (value: number) => new Int16Array(FRAME_SAMPLES).fill(value);

Deno.test("gain: as it is, a frame goes through untouched", () => {
  const frame = constant(1000);
  assert.equal(new Gain().process(frame), frame);
});

Deno.test("gain: a change goes over one frame, then it holds", () => {
  const gain = new Gain();
  gain.factor = 2;
  const first = gain.process(constant(1000));
  assert.ok(first[0]! < 1010 && first.at(-1) === 2000);
  assert.deepEqual(gain.process(constant(1000)), constant(2000));
  gain.muted = true;
  assert.equal(gain.process(constant(1000)).at(-1), 0);
  assert.deepEqual(gain.process(constant(1000)), constant(0));
  gain.muted = false;
  gain.process(constant(1000));
  assert.deepEqual(gain.process(constant(1000)), constant(2000));
});

Deno.test("gain: it stays within 16 bits and within its own bounds", () => {
  const gain = new Gain();
  gain.factor = 100;
  assert.equal(gain.factor, 4);
  gain.process(constant(0));
  assert.deepEqual(gain.process(constant(-20_000)), constant(-32_768));
  gain.factor = -1;
  assert.equal(gain.factor, 0);
});
