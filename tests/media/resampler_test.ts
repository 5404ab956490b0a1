import assert from "node:assert/strict";
import { Resampler } from "../../lib/media/resampler.ts";
import { impurity, loudness, tone } from "./tone.ts";

const PAIRS = [
  [48_000, 16_000],
  [16_000, 48_000],
  [44_100, 48_000],
  [48_000, 44_100],
  [22_050, 48_000],
  [8_000, 48_000],
  [48_000, 11_025],
  [48_000, 47_999],
] as const;

for (const [from, to] of PAIRS) {
  Deno.test(`resampler: ${from} to ${to} Hz keeps a tone as it is`, () => {
    const resampler = new Resampler(from, to);
    const hertz = 1000;
    const output = resampler.process(tone(hertz, from, 10_000, from));
    assert.ok(Math.abs(output.length - to) <= 1, `${output.length} samples of a second`);
    const settled = output.subarray(1000, to - 1000);
    // The lag is a matter of phase: the tone is looked for at any.
    assert.ok(impurity(settled, hertz, to) < -50, `${impurity(settled, hertz, to)} dB`);
    assert.ok(Math.abs(loudness(settled) / (10_000 * Math.SQRT1_2) - 1) < 0.01);
  });

  Deno.test(`resampler: ${from} to ${to} Hz is the same in parts of any length`, () => {
    const input = tone(440, 5000, 9000, from);
    const whole = new Resampler(from, to).process(input);
    const resampler = new Resampler(from, to);
    const parts: number[] = [];
    for (let at = 0, length = 1; at < input.length; at += length, length = length % 97 + 13) {
      parts.push(...resampler.process(input.subarray(at, at + length)));
    }
    assert.deepEqual(parts, [...whole]);
  });
}

Deno.test("resampler: what the lower rate cannot hold is taken away, not folded back", () => {
  const output = new Resampler(48_000, 16_000).process(tone(11_000, 48_000));
  assert.ok(loudness(output.subarray(100)) < 10_000 * 0.003);
});

Deno.test("resampler: frames of one rate are frames of the other, and the lag is as told", () => {
  const down = new Resampler(48_000, 16_000);
  const up = new Resampler(16_000, 48_000);
  for (let n = 0; n < 10; n++) {
    const frame = down.process(new Int16Array(960));
    assert.equal(frame.length, 320);
    assert.equal(up.process(frame).length, 960);
  }
  const pulse = new Int16Array(9600);
  pulse[3000] = 30_000;
  const output = new Resampler(48_000, 16_000).process(pulse);
  const peak = output.indexOf(Math.max(...output));
  assert.ok(Math.abs(peak / 16_000 - 3000 / 48_000 - down.delay) < 1 / 16_000);
});

Deno.test("resampler: nothing changes where nothing is to change; no device has any rate", () => {
  const same = new Resampler(48_000, 48_000);
  const input = tone(100, 100);
  assert.equal(same.process(input), input);
  assert.equal(same.delay, 0);
  for (const rate of [0, 7999, 200_000, 44_100.5, NaN]) {
    assert.throws(() => new Resampler(rate, 48_000), RangeError);
    assert.throws(() => new Resampler(48_000, rate), RangeError);
  }
});
