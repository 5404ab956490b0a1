import { SAMPLES_PER_MS } from "../../../lib/media/frame.ts";

/** Samples that are looked for as one. */
const WINDOW = 100 * SAMPLES_PER_MS;
/**
 * By how much earlier or later a window may come than the one before it: nothing is left out, but a
 * busy machine holds up the speaker.
 */
const REACH = { earlier: 60 * SAMPLES_PER_MS, later: 1000 * SAMPLES_PER_MS };
/** Where a window is as a rule. */
const CLOSE = { earlier: 4, later: 4 };
/** Correlation from which on two windows are the same. */
const SAME = 0.9;
/** A sample above this is sound. */
const LOUD = 300;

/** How a song was heard. */
export interface HeardSong {
  /** Part of it that was heard, 0–1, by windows of 100 ms in their order. */
  readonly found: number;
  /** The longest silence in the middle, in milliseconds. */
  readonly hole: number;
}

/** The parts of a recording that `pause` milliseconds of silence or more are between. */
export function phrases(recording: Int16Array, pause = 200): Int16Array[] {
  const found: Int16Array[] = [];
  let from: number | null = null;
  let last = 0;
  recording.forEach((sample, n) => {
    if (Math.abs(sample) < LOUD) return;
    if (from !== null && n - last > pause * SAMPLES_PER_MS) {
      found.push(recording.subarray(from, last + 1));
      from = null;
    }
    from ??= n;
    last = n;
  });
  if (from !== null) found.push(recording.subarray(from, last + 1));
  return found;
}

/**
 * Compares what was heard with the song that was to be heard, both from the first loud sample on. A
 * window may be a little later than the one before: a busy machine holds up the speaker's clock.
 */
export function heardSong(song: Int16Array, heard: Int16Array): HeardSong {
  const wanted = phrases(song)[0] ?? new Int16Array(0);
  let lag = 0;
  let [windows, found] = [0, 0];
  for (let from = 0; from + WINDOW <= wanted.length; from += WINDOW) {
    const window = wanted.subarray(from, from + WINDOW);
    windows += 1;
    const place = placeOf(window, heard, from + lag);
    if (place === null) continue;
    found += 1;
    lag = place - from;
  }
  return { found: windows === 0 ? 0 : found / windows, hole: longestSilence(heard) };
}

/** Where a window is in what was heard, near a place; null for nowhere. */
function placeOf(window: Int16Array, heard: Int16Array, near: number): number | null {
  const alike = (place: number, step: number) => {
    let [both, one, other] = [0, 0, 0];
    for (let n = 0; n < window.length; n += step) {
      const [said, came] = [window[n]!, heard[place + n] ?? 0];
      both += said * came;
      one += said * said;
      other += came * came;
    }
    return both / Math.sqrt(one * other + 1);
  };
  const best = (around: number, reach: typeof REACH, stride: number, step: number) => {
    let most = { place: around, alike: -1 };
    for (let place = around - reach.earlier; place <= around + reach.later; place += stride) {
      const now = alike(place, step);
      if (now > most.alike) most = { place, alike: now };
    }
    return most;
  };
  let found = best(near, CLOSE, 1, 3);
  if (found.alike < SAME) found = best(best(near, REACH, 4, 21).place, CLOSE, 1, 3);
  return found.alike < SAME ? null : found.place;
}

function longestSilence(heard: Int16Array): number {
  let [longest, since] = [0, 0];
  heard.forEach((sample, n) => {
    if (Math.abs(sample) < LOUD) return;
    longest = Math.max(longest, n - since);
    since = n;
  });
  return longest / SAMPLES_PER_MS;
}
