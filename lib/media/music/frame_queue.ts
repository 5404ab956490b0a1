import { FRAME_SAMPLES, SAMPLE_RATE } from "../frame.ts";

/** A frame of a song, and where in it the frame begins. */
export interface SongFrame {
  readonly samples: Int16Array<ArrayBuffer>;
  /** Seconds. */
  readonly at: number;
}

/** Sound of any lengths, cut into frames of 20 ms. */
export class FrameQueue {
  readonly #frames: SongFrame[] = [];
  #rest = new Int16Array(FRAME_SAMPLES);
  #filled = 0;
  #at = 0;

  /** Whole frames that wait. */
  get length(): number {
    return this.#frames.length;
  }

  /** Adds samples at 48 kHz, the first of which is at `at` seconds. */
  push(samples: Int16Array, at: number): void {
    let taken = 0;
    while (taken < samples.length) {
      if (this.#filled === 0) this.#at = at + taken / SAMPLE_RATE;
      const count = Math.min(FRAME_SAMPLES - this.#filled, samples.length - taken);
      this.#rest.set(samples.subarray(taken, taken + count), this.#filled);
      this.#filled += count;
      taken += count;
      if (this.#filled === FRAME_SAMPLES) this.#cut();
    }
  }

  /** Nothing follows: the last frame is filled up with silence. */
  finish(): void {
    if (this.#filled > 0) this.#cut();
  }

  /** The next frame, or null. */
  shift(): SongFrame | null {
    return this.#frames.shift() ?? null;
  }

  /** Forgets everything. */
  clear(): void {
    this.#frames.length = 0;
    this.#rest = new Int16Array(FRAME_SAMPLES);
    this.#filled = 0;
  }

  #cut(): void {
    this.#frames.push({ samples: this.#rest, at: this.#at });
    this.#rest = new Int16Array(FRAME_SAMPLES);
    this.#filled = 0;
  }
}
