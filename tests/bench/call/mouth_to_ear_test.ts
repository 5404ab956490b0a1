import assert from "node:assert/strict";
import { speechLike } from "../../media/speech_like.ts";
import { intelligibility } from "../stoi.ts";
import { alignedWindows, foundWindows } from "./mouth_to_ear.ts";

const RATE = 48_000;
const speech = speechLike(6, 3);

function delayed(lagAt: (n: number) => number): Int16Array {
  return Int16Array.from({ length: speech.length + RATE }, (_, n) => speech[n - lagAt(n)] ?? 0);
}

Deno.test("mouth to ear: each second of speech is found where it was heard", () => {
  for (const lag of [0, 3333, 40_000]) {
    const windows = foundWindows(speech, delayed(() => lag));
    assert.ok(windows.length >= 9);
    assert.deepEqual([...new Set(windows.map((window) => window.lag))], [lag]);
  }
});

Deno.test("mouth to ear: a recording may have begun later than the speech", () => {
  const lags = foundWindows(speech, speech.subarray(9600)).map(({ lag }) => lag);
  assert.ok(lags.filter((lag) => lag === -9600).length >= lags.length - 1, `${lags}`);
});

Deno.test("mouth to ear: a delay that changes is followed, and does not spoil the score", () => {
  const half = speech.length / 2;
  const heard = delayed((n) => n < half ? 4800 : 6720);
  const windows = foundWindows(speech, heard);
  assert.equal(windows[0]!.lag, 4800);
  assert.equal(windows.at(-1)!.lag, 6720);
  const score = intelligibility(speech, alignedWindows(speech, heard, windows), RATE);
  const fixed = intelligibility(speech, heard.subarray(4800, 4800 + speech.length), RATE);
  assert.ok(score > 0.98 && score > fixed + 0.02, `${score} ${fixed}`);
});

Deno.test("mouth to ear: what never arrived is not found", () => {
  const heard = delayed(() => 4800).map((sample, n) => n < 2 * RATE ? sample : 0);
  const windows = foundWindows(speech, heard);
  assert.ok(windows.length > 0 && windows.every(({ middle }) => middle < 2.5 * RATE));
  assert.deepEqual(foundWindows(speech, new Int16Array(RATE)), []);
  assert.deepEqual(foundWindows(new Int16Array(2 * RATE), speech), []);
});
