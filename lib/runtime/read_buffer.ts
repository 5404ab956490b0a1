import { LIMITS } from "../base/limits.ts";

/** A buffer for the next read: larger after one that was filled, smaller after a nearly empty one. */
export function fittingBuffer(
  buffer: Uint8Array<ArrayBuffer>,
  count: number,
): Uint8Array<ArrayBuffer> {
  if (count === buffer.length && buffer.length < LIMITS.readBufferMost) {
    return new Uint8Array(Math.min(LIMITS.readBufferMost, buffer.length * 16));
  }
  if (count < LIMITS.readBufferLeast / 4 && buffer.length > LIMITS.readBufferLeast) {
    return new Uint8Array(LIMITS.readBufferLeast);
  }
  return buffer;
}
