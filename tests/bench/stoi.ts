/**
 * STOI, the short-time objective intelligibility measure of C. H. Taal, R. C. Hendriks, R. Heusdens
 * and J. Jensen, "An Algorithm for Intelligibility Prediction of Time-Frequency Weighted Noisy
 * Speech", IEEE Transactions on Audio, Speech, and Language Processing 19 (7), 2011.
 *
 * What was said and what was heard are compared at 10 kHz, without the silence, in 15 third-octave bands,
 * over stretches of 384 ms: for each band and stretch, how far the envelopes run alike. The mean of these
 * correlations is the score: 1 is perfect, below about 0.6 half of the words are lost.
 *
 * @module
 */
import { Resampler } from "../../lib/media/resampler.ts";
import { transform } from "./fft.ts";

const RATE = 10_000;
/** Samples of a window, of the step from one to the next, and of a transform. */
const WINDOW = 256;
const STEP = 128;
const TRANSFORM = 512;
/** Third-octave bands, and the centre of the lowest in hertz. */
const BANDS = 15;
const LOWEST = 150;
/** Windows in a stretch: 384 ms. */
const STRETCH = 30;
/** Decibels below the loudest window from which on it is silence. */
const RANGE = 40;
/** Least signal-to-distortion ratio of a band, in decibels: worse does not count as worse. */
const FLOOR = -15;

/** Hann's window, without its zero ends, as the authors' program has it. */
const HANN = Float64Array.from(
  { length: WINDOW },
  (_, n) => 0.5 - 0.5 * Math.cos(2 * Math.PI * (n + 1) / (WINDOW + 1)),
);

/** First and last (exclusive) line of the spectrum of each band. */
const EDGES = Array.from({ length: BANDS }, (_, band) => {
  const line = (hertz: number) => Math.round(hertz * TRANSFORM / RATE);
  return [line(LOWEST * 2 ** ((2 * band - 1) / 6)), line(LOWEST * 2 ** ((2 * band + 1) / 6))];
}) as readonly (readonly [number, number])[];

/**
 * The intelligibility of what was heard, 0–1 (by chance a little below 0). Both are mono, begin at
 * the same moment (see `alignment.ts`) and are at least half a second of speech.
 *
 * @param rate sampling rate of both in hertz
 * @throws {RangeError} where less than 384 ms of what was said is not silence
 */
export function intelligibility(said: Int16Array, heard: Int16Array, rate: number): number {
  const [clean, degraded] = withoutSilence(resampled(said, rate), resampled(heard, rate));
  const cleanBands = envelopes(clean);
  const degradedBands = envelopes(degraded);
  const windows = cleanBands[0]!.length;
  if (windows < STRETCH) throw new RangeError("too little speech");
  let sum = 0;
  let count = 0;
  for (let end = STRETCH; end <= windows; end++) {
    for (let band = 0; band < BANDS; band++) {
      sum += likeness(
        cleanBands[band]!.subarray(end - STRETCH, end),
        degradedBands[band]!.subarray(end - STRETCH, end),
      );
      count += 1;
    }
  }
  return sum / count;
}

function resampled(sound: Int16Array, rate: number): Float64Array {
  return Float64Array.from(new Resampler(rate, RATE).process(sound));
}

/** Both sounds without the windows in which nothing was said. */
function withoutSilence(
  said: Float64Array,
  heard: Float64Array,
): [said: Float64Array, heard: Float64Array] {
  const starts: number[] = [];
  const levels: number[] = [];
  for (let at = 0; at + WINDOW <= Math.min(said.length, heard.length); at += STEP) {
    let energy = 0;
    for (let n = 0; n < WINDOW; n++) energy += (said[at + n]! * HANN[n]!) ** 2;
    starts.push(at);
    levels.push(10 * Math.log10(energy + Number.EPSILON));
  }
  const loudest = levels.reduce((most, level) => Math.max(most, level), -Infinity);
  const spoken = starts.filter((_, n) => levels[n]! > loudest - RANGE);
  const joined = (sound: Float64Array) => {
    const result = new Float64Array(spoken.length === 0 ? 0 : (spoken.length - 1) * STEP + WINDOW);
    spoken.forEach((from, index) => {
      for (let n = 0; n < WINDOW; n++) result[index * STEP + n]! += sound[from + n]! * HANN[n]!;
    });
    return result;
  };
  return [joined(said), joined(heard)];
}

/** The amplitude of each band in each window. */
function envelopes(sound: Float64Array): Float64Array[] {
  const windows = Math.max(0, Math.floor((sound.length - WINDOW) / STEP) + 1);
  const bands = EDGES.map(() => new Float64Array(windows));
  const real = new Float64Array(TRANSFORM);
  const imaginary = new Float64Array(TRANSFORM);
  for (let window = 0; window < windows; window++) {
    real.fill(0);
    imaginary.fill(0);
    for (let n = 0; n < WINDOW; n++) real[n] = sound[window * STEP + n]! * HANN[n]!;
    transform(real, imaginary);
    EDGES.forEach(([from, to], band) => {
      let energy = 0;
      for (let line = from; line < to; line++) energy += real[line]! ** 2 + imaginary[line]! ** 2;
      bands[band]![window] = Math.sqrt(energy);
    });
  }
  return bands;
}

/** How far two envelopes run alike, the heard one made as loud and its outliers cut. */
function likeness(said: Float64Array, heard: Float64Array): number {
  const scale = norm(said) / (norm(heard) + Number.EPSILON);
  const cut = 1 + 10 ** (-FLOOR / 20);
  return correlation(said, heard.map((value, n) => Math.min(value * scale, said[n]! * cut)));
}

function correlation(one: Float64Array, other: Float64Array): number {
  const first = withoutMean(one);
  const second = withoutMean(other);
  let product = 0;
  first.forEach((value, n) => product += value * second[n]!);
  return product / (norm(first) * norm(second) + Number.EPSILON);
}

function withoutMean(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
