import assert from "node:assert/strict";
import { SAMPLE_RATE, SAMPLES_PER_MS } from "../../../lib/media/frame.ts";
import { heardSong, phrases } from "./heard_song.ts";

/** A rising tone between silences. */
const SONG = Int16Array.from({ length: 3 * SAMPLE_RATE }, (_, n) => {
  const time = n / SAMPLE_RATE;
  const silent = time < 0.3 || time > 2.7;
  return silent ? 0 : Math.round(8000 * Math.sin(2 * Math.PI * (300 * time + 75 * time * time)));
});

/** The song behind a second of silence, changed. */
function recording(change: (sound: number[]) => void): Int16Array {
  const sound = [...new Int16Array(SAMPLE_RATE), ...SONG];
  change(sound);
  return Int16Array.from(sound);
}

Deno.test("heard song: all of it, wherever it begins", () => {
  const [part, ...more] = phrases(recording(() => {}));
  assert.equal(more.length, 0);
  const { found, hole } = heardSong(SONG, part!);
  assert.ok(found === 1 && hole < 2, `${found}, ${hole} ms`);
});

Deno.test("heard song: a hole, a part that is missing, another song", () => {
  const at = 2 * SAMPLE_RATE;
  const [part] = phrases(recording((sound) => sound.fill(0, at, at + 150 * SAMPLES_PER_MS)));
  assert.ok(heardSong(SONG, part!).hole > 140);
  const [shorter] = phrases(recording((sound) => sound.splice(at, SAMPLE_RATE / 2)));
  assert.ok(heardSong(SONG, shorter!).found < 0.7);
  const [other] = phrases(Int16Array.from(SONG, (_, n) => SONG[SONG.length - 1 - n]!));
  assert.ok(heardSong(SONG, other!).found < 0.2);
  const two = phrases(Int16Array.from({ length: 2 * SONG.length }, (_, n) => {
    return SONG[n % SONG.length]!;
  }));
  assert.equal(two.length, 2);
});
