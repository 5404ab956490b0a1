import { clamped } from "./frame.ts";

/** Several frames of the same length at once, such as a voice and a ringing tone. */
export function mixed(frames: readonly Int16Array[]): Int16Array {
  const [first] = frames;
  if (first === undefined) throw new RangeError("nothing to mix");
  return first.map((_, n) => clamped(frames.reduce((sum, frame) => sum + (frame[n] ?? 0), 0)));
}
