import { SAMPLES_PER_MS } from "./frame.ts";

/** What is cut out or put in: one or more periods of a voice, 5 to 10 ms. */
const LAG = { least: 5 * SAMPLES_PER_MS, most: 10 * SAMPLES_PER_MS };
/** Of four samples one is looked at: likeness of speech lies below 6 kHz. */
const STEP = 4;
/** Likeness (normalised correlation) from which a step is not heard. */
const ALIKE = 0.8;
/** Mean energy of a sample below which nothing is heard anyway: an amplitude of about −54 dB. */
const QUIET = 64 * 64;

interface Match {
  /** Samples after which the frame is like itself. */
  readonly lag: number;
  /** Whether a step there goes unheard. */
  readonly smooth: boolean;
}

/**
 * The frame 5–10 ms shorter, by one or more periods of its voice, both ends unchanged; where no
 * period fits, the frame itself unless `urgent`. For frames of 20 ms.
 */
export function shortened(frame: Int16Array, urgent: boolean): Int16Array {
  const { lag, smooth } = match(frame);
  if (!smooth && !urgent) return frame;
  const shorter = new Int16Array(frame.length - lag);
  crossfade(shorter, 0, frame, 0, frame, lag, lag);
  shorter.set(frame.subarray(2 * lag), lag);
  return shorter;
}

/** The frame 5–10 ms longer in the same way. */
export function lengthened(frame: Int16Array, urgent: boolean): Int16Array {
  const { lag, smooth } = match(frame);
  if (!smooth && !urgent) return frame;
  const longer = new Int16Array(frame.length + lag);
  longer.set(frame.subarray(0, lag));
  crossfade(longer, lag, frame, lag, frame, 0, lag);
  longer.set(frame.subarray(lag), 2 * lag);
  return longer;
}

/** Goes over from one run of samples to another, `length` samples long. */
export function crossfade(
  into: Int16Array,
  at: number,
  out: Int16Array,
  outAt: number,
  next: Int16Array,
  nextAt: number,
  length: number,
): void {
  for (let n = 0; n < length; n++) {
    const share = (n + 0.5) / length;
    into[at + n] = Math.round(out[outAt + n]! * (1 - share) + next[nextAt + n]! * share);
  }
}

function match(frame: Int16Array): Match {
  let energy = 0;
  for (let n = 0; n < frame.length; n += STEP) energy += frame[n]! * frame[n]!;
  const quiet = energy * STEP / frame.length < QUIET;
  let best: Match = { lag: LAG.least, smooth: quiet };
  let likeness = -Infinity;
  for (let lag = LAG.least; lag <= LAG.most; lag += STEP) {
    const correlation = correlated(frame, lag);
    if (correlation > likeness) {
      likeness = correlation;
      best = { lag, smooth: quiet || correlation > ALIKE };
    }
  }
  return best;
}

/** Normalised correlation of the first `lag` samples with the next `lag`. */
function correlated(frame: Int16Array, lag: number): number {
  let product = 0;
  let first = 0;
  let second = 0;
  for (let n = 0; n < lag; n += STEP) {
    const one = frame[n]!;
    const other = frame[n + lag]!;
    product += one * other;
    first += one * one;
    second += other * other;
  }
  return product / Math.sqrt(first * second + 1);
}
