import assert from "node:assert/strict";
import { mouthClock, type SentPacket } from "./mouth_clock.ts";

/** Frames from a microphone opened at 1000, each sent by so much too late, after two of silence. */
function sent(lateness: readonly number[]): SentPacket[] {
  const first = 2 ** 32 - 960;
  const silent = [990, 1010].map((at, n) => ({ at, timestamp: first - 960 * (2 - n) }));
  const spoken = lateness.map((late, n) => ({
    at: 1020 + 20 * n + late,
    timestamp: (first + 960 * n) % 2 ** 32,
  }));
  return [...silent, ...spoken];
}

Deno.test("mouth clock: the earliest of all frames tells when the microphone was opened", () => {
  assert.equal(mouthClock(1012, sent([12.5, 7, 0.5, 1, 3])), 1000.5);
  assert.equal(mouthClock(1000, sent([0.5, 0.5])), 1000.5);
});

Deno.test("mouth clock: without a packet there is none", () => {
  assert.throws(() => mouthClock(1000, []), RangeError);
});
