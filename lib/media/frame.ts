/**
 * The one form that sound has between device and codec: mono, 16 bits, 48 kHz, in frames of 20 ms.
 *
 * @module
 */

/** Samples in a second. */
export const SAMPLE_RATE = 48_000;
/** Milliseconds in a frame, and between two packets. `protocols/call.md`. */
export const FRAME_MS = 20;
/** Samples in a frame. */
export const FRAME_SAMPLES = SAMPLE_RATE * FRAME_MS / 1000;
/** Samples in a millisecond. */
export const SAMPLES_PER_MS = SAMPLE_RATE / 1000;

/** A frame of nothing. */
export function silentFrame(): Int16Array {
  return new Int16Array(FRAME_SAMPLES);
}

/** A sample within 16 bits. */
export function clamped(sample: number): number {
  return sample > 32_767 ? 32_767 : sample < -32_768 ? -32_768 : sample;
}
