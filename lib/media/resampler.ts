import { clamped } from "./frame.ts";
import { MEDIA_LIMITS } from "./limits.ts";

/** Zero crossings of the filter on each side: about 60 dB of stop band. */
const CROSSINGS = 16;
/** Shape of the Kaiser window: the same 60 dB. */
const BETA = 6;
/** Part of the narrower band that is kept whole. */
const ROLL_OFF = 0.92;

/**
 * Changes the sampling rate of a stream of mono samples, with band-limited interpolation (a
 * Kaiser-windowed sinc, one filter for each phase between two input samples). It remembers the
 * stream: hand it consecutive parts of any length. Each output lags by {@link delay}.
 */
export class Resampler {
  readonly #up: number;
  readonly #down: number;
  readonly #half: number;
  readonly #phases: number;
  readonly #filters: Float32Array;
  /** The input not yet left behind, beginning `half` samples before the first one needed. */
  #input: Int16Array;
  /** Where the next output lies, in 1/up of an input sample, from the input's start plus `half`. */
  #phase = 0;

  /**
   * @param from rate of the input in hertz
   * @param to rate of the output in hertz
   * @throws {RangeError} for a rate that no device has
   */
  constructor(readonly from: number, readonly to: number) {
    const { least, most } = MEDIA_LIMITS.deviceRate;
    for (const rate of [from, to]) {
      if (!Number.isInteger(rate) || rate < least || rate > most) {
        throw new RangeError(`no sampling rate: ${rate}`);
      }
    }
    const divisor = greatestCommonDivisor(from, to);
    this.#up = to / divisor;
    this.#down = from / divisor;
    this.#phases = Math.min(this.#up, MEDIA_LIMITS.resamplerPhases);
    const cutoff = Math.min(1, to / from) * ROLL_OFF;
    this.#half = Math.ceil(CROSSINGS / Math.min(1, to / from));
    this.#filters = filters(this.#phases, this.#half, cutoff);
    this.#input = new Int16Array(2 * this.#half - 1);
  }

  /** Time by which the output lags behind the input, in seconds. */
  get delay(): number {
    return this.from === this.to ? 0 : this.#half / this.from;
  }

  /** The next samples, as many as the input allows. */
  process(samples: Int16Array): Int16Array {
    if (this.from === this.to) return samples;
    const input = new Int16Array(this.#input.length + samples.length);
    input.set(this.#input);
    input.set(samples, this.#input.length);
    const taps = 2 * this.#half;
    const output = new Int16Array(
      Math.max(0, Math.ceil(((input.length - taps + 1) * this.#up - this.#phase) / this.#down)),
    );
    let phase = this.#phase;
    for (let n = 0; n < output.length; n++) {
      const at = Math.floor(phase / this.#up);
      const filter = Math.floor((phase % this.#up) * this.#phases / this.#up) * taps;
      let sum = 0;
      for (let tap = 0; tap < taps; tap++) sum += input[at + tap]! * this.#filters[filter + tap]!;
      output[n] = clamped(Math.round(sum));
      phase += this.#down;
    }
    const left = Math.min(Math.floor(phase / this.#up), input.length);
    this.#input = input.slice(left);
    this.#phase = phase - left * this.#up;
    return output;
  }
}

/** One filter of `2 × half` taps for each phase, each with a sum of one. */
function filters(phases: number, half: number, cutoff: number): Float32Array {
  const taps = 2 * half;
  const table = new Float32Array(phases * taps);
  for (let phase = 0; phase < phases; phase++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - (half - 1) - phase / phases;
      const edge = distance / half;
      const window = edge * edge >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - edge * edge));
      sum += table[phase * taps + tap] = window * sinc(cutoff * distance);
    }
    for (let tap = 0; tap < taps; tap++) table[phase * taps + tap]! /= sum;
  }
  return table;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The modified Bessel function of order zero, by its series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let n = 1; term > 1e-9 * sum; n++) {
    term *= (x / (2 * n)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
