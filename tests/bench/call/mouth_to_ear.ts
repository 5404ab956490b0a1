import { SAMPLE_RATE, SAMPLES_PER_MS } from "../../../lib/media/frame.ts";
import { lagOf } from "../alignment.ts";

/** Samples of speech that are looked for as one, and from one to the next: 1 s and half of it. */
const WINDOW = SAMPLE_RATE;
const STEP = WINDOW / 2;
/** By how many samples the lag of one window may differ from that of the whole: 300 ms. */
const REACH = 300 * SAMPLES_PER_MS;
/** Part of the loudest window's energy from which on there is speech in another: −20 dB. */
const SPOKEN = 0.01;
/** Least correlation with what was said of a window that was found. */
const FOUND = 0.3;

/** Where a stretch of speech was found again in what was heard. */
export interface FoundWindow {
  /** The sample in the middle of the stretch, in what was said. */
  readonly middle: number;
  /** By how many samples it comes later in what was heard. */
  readonly lag: number;
}

/**
 * Where the speech of each second was heard, by cross-correlation: the delay of a call changes while
 * it lasts. Seconds that are silent, or of which too little arrived, are left out. Both have
 * `SAMPLE_RATE` samples a second.
 */
export function foundWindows(said: Int16Array, heard: Int16Array): FoundWindow[] {
  const whole = lagOf(said, heard);
  const starts: number[] = [];
  for (let from = 0; from + WINDOW <= said.length; from += STEP) starts.push(from);
  const energies = starts.map((from) => energy(said.subarray(from, from + WINDOW)));
  const spoken = SPOKEN * Math.max(0, ...energies);
  return starts.flatMap((from, index) => {
    if (energies[index]! < spoken || energies[index] === 0) return [];
    const window = said.subarray(from, from + WINDOW);
    const earliest = from + whole - REACH;
    // The middle of what was heard around there, silence where it has not begun or has ended.
    const around = Int16Array.from(
      { length: WINDOW + 2 * REACH },
      (_, n) => heard[earliest + n] ?? 0,
    );
    const at = lagOf(window, around);
    const found = around.subarray(Math.max(0, at), Math.max(0, at) + WINDOW);
    return likeness(window, found) < FOUND
      ? []
      : [{ middle: from + WINDOW / 2, lag: earliest + at - from }];
  });
}

/**
 * What was heard, set under what was said: each stretch is moved by its own lag, as a listener who
 * does not mind that all of it comes 20 ms later from some word on. As long as what was said.
 */
export function alignedWindows(
  said: Int16Array,
  heard: Int16Array,
  windows: readonly FoundWindow[],
): Int16Array {
  const aligned = new Int16Array(said.length);
  let current = 0;
  for (let at = 0; at < said.length; at++) {
    // The window whose middle is nearest.
    while (
      current + 1 < windows.length &&
      2 * at + 1 > windows[current]!.middle + windows[current + 1]!.middle
    ) current += 1;
    aligned[at] = heard[at + (windows[current]?.lag ?? 0)] ?? 0;
  }
  return aligned;
}

function energy(sound: Int16Array): number {
  let sum = 0;
  for (const sample of sound) sum += sample * sample;
  return sum;
}

/** The correlation of two stretches, −1 to 1. */
function likeness(one: Int16Array, other: Int16Array): number {
  let product = 0;
  other.forEach((sample, n) => product += sample * one[n]!);
  return product / Math.sqrt(energy(one) * energy(other) + 1);
}
