import { flacHeaderChecksum } from "./flac_checksums.ts";

/** What stands in front of a frame of FLAC. */
export interface FlacHeader {
  /** Whether {@link number} counts samples; otherwise it counts frames, all of one length. */
  readonly variable: boolean;
  readonly number: number;
  /** Samples of each channel in the frame. */
  readonly samples: number;
  /** Samples a second, or null where only the file's head tells. */
  readonly rate: number | null;
  readonly channels: number;
  /** Bytes of the header. */
  readonly length: number;
}

/** Most bytes of a header. */
export const FLAC_HEADER_BYTES = 16;

const RATES = [null, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]
  .concat([96_000]);

/**
 * Reads a frame's header, which a checksum proves; null where there is none, or it is cut off.
 * RFC 9639, 9.1.
 */
export function parseFlacHeader(bytes: Uint8Array, start = 0): FlacHeader | null {
  if (bytes[start] !== 0xFF || (bytes[start + 1]! & 0xFE) !== 0xF8) return null;
  const variable = (bytes[start + 1]! & 1) === 1;
  const [third = 0, fourth = 1] = bytes.subarray(start + 2, start + 4);
  const sizeCode = third >> 4;
  const rateCode = third & 15;
  const channelCode = fourth >> 4;
  if (sizeCode === 0 || rateCode === 15 || channelCode > 10 || (fourth & 1) === 1) return null;
  let at = start + 4;
  const numberBytes = codedLength(bytes[at] ?? 0xFF);
  if (numberBytes === 0) return null;
  const number = codedNumber(bytes.subarray(at, at + numberBytes));
  if (number === null) return null;
  at += numberBytes;
  const next = (count: number): number => {
    let value = 0;
    for (let n = 0; n < count; n++) value = value * 256 + (bytes[at + n] ?? 0);
    at += count;
    return value;
  };
  const samples = sizeCode === 1
    ? 192
    : sizeCode < 6
    ? 576 << (sizeCode - 2)
    : sizeCode < 8
    ? next(sizeCode - 5) + 1
    : 256 << (sizeCode - 8);
  const rate = rateCode < 12
    ? RATES[rateCode]!
    : rateCode === 12
    ? next(1) * 1000
    : next(2) * (rateCode === 13 ? 1 : 10);
  if (at >= bytes.length || flacHeaderChecksum(bytes.subarray(start, at)) !== bytes[at]) {
    return null;
  }
  const channels = channelCode < 8 ? channelCode + 1 : 2;
  return { variable, number, samples, rate, channels, length: at + 1 - start };
}

/** Bytes of a number that is coded as UTF-8 codes characters, up to 36 bits; 0 for none. */
function codedLength(first: number): number {
  if (first < 0x80) return 1;
  const ones = Math.clz32(~(first << 24));
  return ones >= 2 && ones <= 7 ? ones : 0;
}

function codedNumber(bytes: Uint8Array): number | null {
  const first = bytes[0]!;
  let value = bytes.length === 1 ? first : first & (1 << Math.max(0, 7 - bytes.length)) - 1;
  for (const byte of bytes.subarray(1)) {
    if (byte >> 6 !== 2) return null;
    value = value * 64 + (byte & 0x3F);
  }
  return value;
}
