import { clamped } from "../frame.ts";

/** Channels of samples from -1 to 1 as one of 16 bits, by their mean. */
export function monoOf(
  channels: readonly Float32Array[],
  from = 0,
  to: number = channels[0]?.length ?? 0,
): Int16Array<ArrayBuffer> {
  const mono = new Int16Array(Math.max(0, to - from));
  const scale = 32_768 / channels.length;
  for (let n = 0; n < mono.length; n++) {
    let sum = 0;
    for (const channel of channels) sum += channel[from + n]!;
    // What is no number is silence: it must not spoil what follows in a filter.
    mono[n] = clamped(Math.round(sum * scale)) || 0;
  }
  return mono;
}
