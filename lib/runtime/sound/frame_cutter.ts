import { FRAME_MS, FRAME_SAMPLES } from "../../media/frame.ts";

/** Bytes of a frame. Samples are little-endian, as every machine is that the program runs on. */
export const FRAME_BYTES = 2 * FRAME_SAMPLES;

/** Frames that may come at once: recorders hand over parts of up to three frames. */
const BURST = 3;
/** Frames by which those that came may be ahead of time: a burst, and one that was cut in two. */
const MOST_ALLOWED = BURST + 1;
/**
 * How much faster than our clock a sound card may be. None is by as much; it lets the allowance
 * recover.
 */
const FASTEST = 1.02;

/**
 * Cuts what a recorder gives into frames of 20 ms, and keeps what is recorded close to now: when it
 * gave nothing for a while and then everything, the newest frames are kept and the older ones
 * dropped, because they would stay as a delay for the rest of the call.
 */
export class FrameCutter {
  /** Bytes of a frame that has begun. */
  readonly #rest = new Uint8Array(FRAME_BYTES);
  #restBytes = 0;
  /** Frames that may be handed on now. */
  #allowance = MOST_ALLOWED;
  #at: number | null = null;

  /**
   * The frames that `bytes` makes whole.
   *
   * @param now when they were read, in milliseconds
   */
  cut(bytes: Uint8Array, now: number): Int16Array[] {
    const total = Math.floor((this.#restBytes + bytes.length) / FRAME_BYTES);
    const frames = Math.min(total, this.#allowed(now));
    this.#allowance -= frames;
    const cut: Int16Array[] = [];
    let at = 0;
    for (let n = 0; n < total; n++) {
      const missing = FRAME_BYTES - this.#restBytes;
      if (n >= total - frames) cut.push(this.#frame(bytes.subarray(at, at + missing)));
      this.#restBytes = 0;
      at += missing;
    }
    this.#rest.set(bytes.subarray(at), this.#restBytes);
    this.#restBytes += bytes.length - at;
    return cut;
  }

  #allowed(now: number): number {
    const elapsed = now - (this.#at ?? now);
    this.#at = now;
    this.#allowance = Math.min(MOST_ALLOWED, this.#allowance + elapsed * FASTEST / FRAME_MS);
    return Math.min(BURST, Math.floor(this.#allowance));
  }

  #frame(end: Uint8Array): Int16Array {
    const frame = new Int16Array(FRAME_SAMPLES);
    const bytes = new Uint8Array(frame.buffer);
    bytes.set(this.#rest.subarray(0, this.#restBytes));
    bytes.set(end, this.#restBytes);
    return frame;
  }
}
