import { MUSIC_LIMITS } from "./music_limits.ts";

/** Reads one sample at a place, as a number in the range of 16 bits. */
export type ReadSample = (view: DataView, at: number) => number;

/** How the samples of a WAV file are laid out. */
export interface WavLayout {
  /** Samples a second. */
  readonly rate: number;
  readonly channels: number;
  /** Bytes of one sample of every channel. */
  readonly blockBytes: number;
  /** Bytes of one sample. */
  readonly sampleBytes: number;
  readonly read: ReadSample;
}

const PCM = 1;
const IEEE_FLOAT = 3;
const EXTENSIBLE = 0xFFFE;
const EXTENSIBLE_BYTES = 26;

const READ: Readonly<Record<string, ReadSample>> = {
  [`${PCM}:8`]: (view, at) => (view.getUint8(at) - 128) * 256,
  [`${PCM}:16`]: (view, at) => view.getInt16(at, true),
  [`${PCM}:24`]: (view, at) => view.getInt16(at + 1, true) + view.getUint8(at) / 256,
  [`${PCM}:32`]: (view, at) => view.getInt32(at, true) / 65_536,
  // What is no number is silence: it must not spoil what follows in a filter.
  [`${IEEE_FLOAT}:32`]: (view, at) => view.getFloat32(at, true) * 32_768 || 0,
};

/** Reads a format chunk of 16 bytes or more. The text is what cannot be read about it. */
export function parseWavFormat(chunk: Uint8Array): WavLayout | string {
  if (chunk.length < 16) return "a WAV format that is cut off";
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const tag = view.getUint16(0, true);
  const channels = view.getUint16(2, true);
  const rate = view.getUint32(4, true);
  const blockBytes = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  // The extensible form has the real tag at the beginning of an identifier of 16 bytes.
  const extended = tag === EXTENSIBLE && chunk.length >= EXTENSIBLE_BYTES;
  const real = extended ? view.getUint16(24, true) : tag;
  const read = READ[`${real}:${bits}`];
  if (read === undefined) return `WAV with samples of format ${real}, ${bits} bits`;
  if (channels < 1 || channels > MUSIC_LIMITS.channels) return `WAV with ${channels} channels`;
  const sampleBytes = bits / 8;
  if (blockBytes !== channels * sampleBytes) return `WAV with blocks of ${blockBytes} bytes`;
  return { rate, channels, blockBytes, sampleBytes, read };
}
