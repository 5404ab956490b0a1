/**
 * What stands before the samples of a WAV file. Read: PCM of 8, 16, 24 and 32 bits and 32-bit
 * floating point, 1 to 8 channels, plain or in the extensible form. Written: mono, 16 bits, 48 kHz.
 *
 * @module
 */
import { SAMPLE_RATE } from "../../media/frame.ts";
import { MEDIA_LIMITS } from "../../media/limits.ts";

/** How the samples of a file are stored, and where. */
export interface WavFormat {
  readonly encoding: "unsigned_8" | "signed_16" | "signed_24" | "signed_32" | "float_32";
  readonly channels: number;
  /** Samples of each channel in a second. */
  readonly rate: number;
  /** Bytes of one sample of all channels. */
  readonly blockBytes: number;
  /** Where the first sample is, in bytes. */
  readonly start: number;
  /** Bytes of samples, or null for all up to the file's end. */
  readonly bytes: number | null;
}

/** The file is no WAV file, or none that can be read. */
export class WavError extends Error {}

/** Reads up to `length` bytes at `position`: fewer only at the file's end. */
export type ReadAt = (position: number, length: number) => Promise<Uint8Array>;

/** Bytes of the header that is written. */
export const WAV_HEADER_BYTES = 44;
/** Most bytes of samples in a file: the sizes have 32 bits. */
export const WAV_MOST_BYTES = 0xFFFF_FFFF - WAV_HEADER_BYTES;

const PCM = 1;
const IEEE_FLOAT = 3;
const EXTENSIBLE = 0xFFFE;
const MOST_CHANNELS = 8;
/** Chunks before the samples that are stepped over: pictures and texts, never so many. */
const MOST_CHUNKS = 256;
/** Bytes of a format chunk that tell anything. */
const FORMAT_BYTES = 26;
/** A size that says "not known", from programs that write into a pipe. */
const UNKNOWN_SIZE = 0xFFFF_FFFF;

const ENCODINGS: Readonly<Record<string, WavFormat["encoding"]>> = {
  [`${PCM}:8`]: "unsigned_8",
  [`${PCM}:16`]: "signed_16",
  [`${PCM}:24`]: "signed_24",
  [`${PCM}:32`]: "signed_32",
  [`${IEEE_FLOAT}:32`]: "float_32",
};

/**
 * Finds the samples of a file. Unknown chunks before them are stepped over.
 *
 * @throws {WavError} there is no format that can be read, or no samples
 */
export async function readWavFormat(readAt: ReadAt): Promise<WavFormat> {
  const riff = await readAt(0, 12);
  if (
    riff.length < 12 || fourCharacters(riff, 0) !== "RIFF" || fourCharacters(riff, 8) !== "WAVE"
  ) {
    throw new WavError("no RIFF file of type WAVE");
  }
  let format: Omit<WavFormat, "start" | "bytes"> | null = null;
  let position = 12;
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk++) {
    const head = await readAt(position, 8);
    if (head.length < 8) break;
    const name = fourCharacters(head, 0);
    const size = view(head).getUint32(4, true);
    position += 8;
    if (name === "data") {
      if (format === null) break;
      const known = size !== 0 && size !== UNKNOWN_SIZE;
      return { ...format, start: position, bytes: known ? size : null };
    }
    if (name === "fmt ") format = parseFormat(await readAt(position, Math.min(size, FORMAT_BYTES)));
    // Chunks begin at even positions.
    position += size + size % 2;
  }
  throw new WavError(format === null ? "no format" : "no samples");
}

/** The header of a file with `bytes` bytes of samples. */
export function wavHeader(bytes: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(WAV_HEADER_BYTES);
  const fields = view(header);
  const put = (text: string, at: number) => header.set(new TextEncoder().encode(text), at);
  put("RIFF", 0);
  fields.setUint32(4, WAV_HEADER_BYTES - 8 + bytes, true);
  put("WAVEfmt ", 8);
  fields.setUint32(16, 16, true);
  fields.setUint16(20, PCM, true);
  fields.setUint16(22, 1, true);
  fields.setUint32(24, SAMPLE_RATE, true);
  fields.setUint32(28, SAMPLE_RATE * 2, true);
  fields.setUint16(32, 2, true);
  fields.setUint16(34, 16, true);
  put("data", 36);
  fields.setUint32(40, bytes, true);
  return header;
}

function parseFormat(chunk: Uint8Array): Omit<WavFormat, "start" | "bytes"> {
  if (chunk.length < 16) throw new WavError("a format that is cut off");
  const fields = view(chunk);
  const tag = fields.getUint16(0, true);
  const channels = fields.getUint16(2, true);
  const rate = fields.getUint32(4, true);
  const blockBytes = fields.getUint16(12, true);
  const bits = fields.getUint16(14, true);
  // The extensible form has the real tag at the beginning of an identifier of 16 bytes.
  const real = tag === EXTENSIBLE && chunk.length >= FORMAT_BYTES
    ? fields.getUint16(24, true)
    : tag;
  const encoding = ENCODINGS[`${real}:${bits}`];
  if (encoding === undefined) throw new WavError(`samples of format ${real}, ${bits} bits`);
  if (channels < 1 || channels > MOST_CHANNELS) throw new WavError(`${channels} channels`);
  if (blockBytes !== channels * bits / 8) throw new WavError(`blocks of ${blockBytes} bytes`);
  const { least, most } = MEDIA_LIMITS.deviceRate;
  if (rate < least || rate > most) throw new WavError(`${rate} samples a second`);
  return { encoding, channels, rate, blockBytes };
}

function fourCharacters(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
