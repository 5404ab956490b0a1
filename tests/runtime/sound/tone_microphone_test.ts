import assert from "node:assert/strict";
import { ToneMicrophone } from "../../../lib/runtime/sound/tone_microphone.ts";
import { impurity, loudness } from "../../media/tone.ts";
import { ManualClock } from "./manual_clock.ts";

Deno.test("tone microphone: a clean tone, a frame each 20 ms", async () => {
  const clock = new ManualClock();
  const samples: number[] = [];
  const microphone = new ToneMicrophone(
    440.5,
    { frame: (frame) => samples.push(...frame), lost: () => assert.fail() },
    clock,
  );
  clock.to(19);
  assert.equal(samples.length, 0);
  clock.to(1000);
  assert.equal(samples.length, 48_000);
  const sound = Int16Array.from(samples);
  assert.ok(impurity(sound, 440.5, 48_000) < -60);
  assert.ok(Math.abs(loudness(sound) - 8192 * Math.SQRT1_2) < 50);
  assert.equal(microphone.device.id, "tone:440.5");
  await microphone[Symbol.asyncDispose]();
  clock.to(2000);
  assert.equal(samples.length, 48_000);
});
