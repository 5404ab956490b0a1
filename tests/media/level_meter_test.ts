import assert from "node:assert/strict";
import { LevelMeter, levelOf, SILENCE_DBFS } from "../../lib/media/level_meter.ts";
import { tone } from "./tone.ts";

Deno.test("level meter: decibels of full scale", () => {
  assert.equal(levelOf(new Int16Array(960)), SILENCE_DBFS);
  assert.ok(Math.abs(levelOf(tone(1000, 960, 32_767)) + 3.01) < 0.01);
  assert.ok(Math.abs(levelOf(tone(1000, 960, 3277)) + 23.01) < 0.01);
});

Deno.test("level meter: the peak is there at once and falls 20 dB a second", () => {
  const meter = new LevelMeter();
  assert.equal(meter.peak, SILENCE_DBFS);
  meter.add(tone(1000, 960, 32_767));
  const loud = meter.peak;
  assert.equal(loud, meter.level);
  for (let n = 0; n < 50; n++) meter.add(new Int16Array(960));
  assert.equal(meter.level, SILENCE_DBFS);
  assert.ok(Math.abs(loud - meter.peak - 20) < 0.01);
});
