import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { speechLike } from "../media/speech_like.ts";
import { intelligibility } from "./stoi.ts";

const RATE = 48_000;
const speech = speechLike(5, 11);

/** Speech in white noise that is so many decibels below it. */
function noisy(decibels: number): Int16Array {
  const random = seededRandom(2);
  const energy = speech.reduce((sum, sample) => sum + sample * sample, 0) / speech.length;
  // Even noise from −1 to 1 has a third of the energy of its bounds.
  const amplitude = Math.sqrt(3 * energy / 10 ** (decibels / 10));
  return speech.map((sample) => sample / 2 + amplitude / 2 * (2 * random() - 1));
}

Deno.test("STOI: speech itself is understood, however loud", () => {
  assert.ok(Math.abs(intelligibility(speech, speech, RATE) - 1) < 1e-9);
  const quieter = speech.map((sample) => sample / 8);
  assert.ok(intelligibility(speech, quieter, RATE) > 0.999);
  assert.ok(intelligibility(speech, speech.map((sample) => -sample), RATE) > 0.999);
});

Deno.test("STOI: the more noise, the less is understood", () => {
  const scores = [30, 20, 10, 0, -10].map((level) => intelligibility(speech, noisy(level), RATE));
  scores.reduce((better, worse) => {
    assert.ok(worse < better, `${scores}`);
    return worse;
  });
  assert.ok(scores[0]! > 0.99 && scores.at(-1)! < 0.7, `${scores}`);
});

Deno.test("STOI: other speech and nothing at all are not understood", () => {
  assert.ok(intelligibility(speech, speechLike(5, 12), RATE) < 0.3);
  assert.ok(Math.abs(intelligibility(speech, new Int16Array(speech.length), RATE)) < 0.01);
});

Deno.test("STOI: what is heard in silence does not count, what is missing in speech does", () => {
  const padded = new Int16Array(speech.length + 2 * RATE);
  padded.set(speech);
  const hum = padded.map((sample, n) => n < speech.length ? sample : 5000 * Math.sin(n / 20));
  assert.ok(intelligibility(padded, hum, RATE) > 0.97);
  const holes = speech.map((sample, n) => Math.floor(n / 960) % 5 === 0 ? 0 : sample);
  const score = intelligibility(speech, holes, RATE);
  assert.ok(score > 0.5 && score < 0.92, `${score}`);
});

Deno.test("STOI: a moment's delay is hardly heard, a long one ruins the comparison", () => {
  const delayed = (samples: number) => speech.map((_, n) => speech[n - samples] ?? 0);
  const scores = [48, 480, 4800].map((lag) => intelligibility(speech, delayed(lag), RATE));
  assert.ok(scores[0]! > 0.99 && scores[1]! < scores[0]! && scores[2]! < 0.5, `${scores}`);
});

Deno.test("STOI: it says so where there is too little speech", () => {
  const short = speech.slice(0, RATE / 4);
  assert.throws(() => intelligibility(short, short, RATE), RangeError);
  assert.throws(() => intelligibility(new Int16Array(0), new Int16Array(0), RATE), RangeError);
});
