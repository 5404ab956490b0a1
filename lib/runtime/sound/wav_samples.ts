import { clamped } from "../../media/frame.ts";
import type { WavFormat } from "./wav_header.ts";

/** Reads one sample at a position, as a number in the range of 16 bits. */
type ReadSample = (fields: DataView, at: number) => number;

const READ: Readonly<Record<WavFormat["encoding"], { bytes: number; read: ReadSample }>> = {
  unsigned_8: { bytes: 1, read: (fields, at) => (fields.getUint8(at) - 128) * 256 },
  signed_16: { bytes: 2, read: (fields, at) => fields.getInt16(at, true) },
  signed_24: {
    bytes: 3,
    read: (fields, at) => fields.getInt16(at + 1, true) + fields.getUint8(at) / 256,
  },
  signed_32: { bytes: 4, read: (fields, at) => fields.getInt32(at, true) / 65_536 },
  float_32: {
    bytes: 4,
    // What is no number is silence: it must not spoil what follows in a filter.
    read: (fields, at) => {
      const value = fields.getFloat32(at, true) * 32_768;
      return Number.isNaN(value) ? 0 : value;
    },
  },
};

/**
 * The samples of a part of a WAV file, mixed to mono by their mean, at the file's rate. Bytes behind
 * the last whole block are left out.
 */
export function monoSamples(bytes: Uint8Array, format: WavFormat): Int16Array<ArrayBuffer> {
  const { channels, blockBytes } = format;
  const { bytes: sampleBytes, read } = READ[format.encoding];
  const fields = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Int16Array(Math.floor(bytes.length / blockBytes));
  for (let n = 0; n < samples.length; n++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      sum += read(fields, n * blockBytes + channel * sampleBytes);
    }
    samples[n] = clamped(Math.round(sum / channels));
  }
  return samples;
}
