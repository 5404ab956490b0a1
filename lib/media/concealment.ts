import { FRAME_SAMPLES, SAMPLES_PER_MS, silentFrame } from "./frame.ts";
import { crossfade } from "./time_stretch.ts";

/** Periods of a voice: 66 to 400 Hz. */
const PERIOD = { least: 2.5 * SAMPLES_PER_MS, most: 15 * SAMPLES_PER_MS };
/** Samples compared to find the period. */
const COMPARED = 5 * SAMPLES_PER_MS;
/** Of four samples one is looked at: periods of speech need no finer step. */
const STEP = 4;
/** Time in which an invented sound fades to silence: what is longer than a phoneme is heard. */
const FADE = 60 * SAMPLES_PER_MS;
/** Time in which it gives way to the real one. */
const RETURN = 5 * SAMPLES_PER_MS;

/**
 * Conceals lost frames of a codec that cannot: the last period of the voice is repeated and faded
 * (the idea of G.711, appendix I).
 */
export class Concealment {
  /** The last two frames that were heard. */
  readonly #past = new Int16Array(2 * FRAME_SAMPLES);
  #period = 0;
  /** Samples invented since the last real one. */
  #invented = 0;

  /** Takes a frame that arrived and gives it as it is to be heard. */
  heard(frame: Int16Array): Int16Array {
    let smooth = frame;
    if (this.#invented > 0) {
      const before = this.#invent(RETURN);
      smooth = frame.slice();
      crossfade(smooth, 0, before, 0, frame, 0, RETURN);
      this.#invented = 0;
    }
    this.#remember(smooth);
    return smooth;
  }

  /** A frame in the place of one that did not arrive. */
  invent(): Int16Array {
    if (this.#invented === 0) this.#period = this.#findPeriod();
    if (this.#invented >= FADE) return silentFrame();
    return this.#invent(FRAME_SAMPLES);
  }

  #invent(length: number): Int16Array {
    const end = this.#past.length;
    const frame = new Int16Array(length);
    for (let n = 0; n < length; n++) {
      const at = this.#invented + n;
      const loudness = Math.max(0, 1 - at / FADE);
      frame[n] = Math.round(
        this.#past[end - this.#period + at % this.#period]! * loudness,
      );
    }
    this.#invented += length;
    return frame;
  }

  #remember(frame: Int16Array): void {
    this.#past.copyWithin(0, FRAME_SAMPLES);
    this.#past.set(frame, FRAME_SAMPLES);
  }

  #findPeriod(): number {
    const past = this.#past;
    const from = past.length - COMPARED;
    let best = PERIOD.most;
    let likeness = -Infinity;
    for (let period = PERIOD.least; period <= PERIOD.most; period += STEP) {
      let product = 0;
      let energy = 1;
      for (let n = from; n < past.length; n += STEP) {
        product += past[n]! * past[n - period]!;
        energy += past[n - period]! ** 2;
      }
      const correlation = product / Math.sqrt(energy);
      if (correlation > likeness) {
        likeness = correlation;
        best = period;
      }
    }
    return best;
  }
}
