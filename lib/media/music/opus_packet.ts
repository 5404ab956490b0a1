import { SAMPLES_PER_MS } from "../frame.ts";

/** Milliseconds of a frame by the four configurations of SILK, two of hybrid, four of CELT. */
const SILK = [10, 20, 40, 60];
const HYBRID = [10, 20];
const CELT = [2.5, 5, 10, 20];
/** Longest packet in milliseconds. */
const LONGEST = 120;

/** Samples at 48 kHz of a packet of Opus, or 0 where it is none. RFC 6716, 3.1. */
export function opusPacketSamples(packet: Uint8Array): number {
  const first = packet[0];
  if (first === undefined) return 0;
  const configuration = first >> 3;
  const frameMs = configuration < 12
    ? SILK[configuration & 3]!
    : configuration < 16
    ? HYBRID[configuration & 1]!
    : CELT[configuration & 3]!;
  const code = first & 3;
  const frames = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 0x3F;
  const length = frames * frameMs;
  return length > LONGEST ? 0 : length * SAMPLES_PER_MS;
}
