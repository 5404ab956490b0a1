import assert from "node:assert/strict";
import { lastSoundClock } from "./sound_clock.ts";

function told(side: string, at: number): string {
  const sound = JSON.stringify({ kind: "sound_clock", side, at });
  return JSON.stringify({ time: "", event: "sound_clock", sound });
}

Deno.test("sound clock: of several calls in a log it is the last one's", () => {
  const log = [told("speaker", 1), told("microphone", 2), '{"event":"ended"}'];
  log.push(told("microphone", 10.5), told("speaker", 11.25), "");
  assert.deepEqual(lastSoundClock(log.join("\n")), { microphone: 10.5, speaker: 11.25 });
});

Deno.test("sound clock: a log without one is refused", () => {
  assert.throws(() => lastSoundClock(told("speaker", 1)), /no clock/);
});
