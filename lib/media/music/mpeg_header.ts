/** What the four bytes in front of a frame of MPEG audio say. */
export interface MpegHeader {
  /** 1, 2, or 2.5. */
  readonly version: number;
  readonly layer: number;
  /** Bits a second. */
  readonly bitRate: number;
  /** Samples a second. */
  readonly rate: number;
  readonly channels: number;
  /** Samples of the frame. */
  readonly samples: number;
  /** Bytes of the frame, this header included. */
  readonly length: number;
  /** Where an index (Xing, Info) begins in a first frame. */
  readonly sideBytes: number;
}

/** Bytes of a header. */
export const MPEG_HEADER_BYTES = 4;

/** Kilobits a second by their number, for version 1 and for the others, by layer. */
const BIT_RATES: readonly (readonly (readonly number[])[])[] = [
  [
    [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  [
    [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
];
const RATES = [44_100, 48_000, 32_000];
const VERSIONS = [2.5, null, 2, 1];

/**
 * Reads a header; null where there is none. A free bit rate, which nobody uses, is no header: its
 * frames do not tell their length. ISO/IEC 11172-3, 2.4.2.3.
 */
export function parseMpegHeader(bytes: Uint8Array, at = 0): MpegHeader | null {
  const [one, two, three] = [bytes[at + 1] ?? 0, bytes[at + 2] ?? 0, bytes[at + 3] ?? 0];
  if (bytes[at] !== 0xFF || (one & 0xE0) !== 0xE0) return null;
  const version = VERSIONS[one >> 3 & 3] ?? null;
  const layer = 4 - (one >> 1 & 3);
  const plainRate = RATES[two >> 2 & 3];
  // Bit rate 0 is free, 15 is none; emphasis 2 is reserved.
  const kilobits = BIT_RATES[version === 1 ? 0 : 1]![layer - 1]?.[(two >> 4) - 1];
  if (version === null || plainRate === undefined || kilobits === undefined || (three & 3) === 2) {
    return null;
  }
  const rate = plainRate / (version === 1 ? 1 : version === 2 ? 2 : 4);
  const mono = three >> 6 === 3;
  const bitRate = kilobits * 1000;
  const padding = two >> 1 & 1;
  const samples = layer === 1 ? 384 : layer === 3 && version !== 1 ? 576 : 1152;
  const length = layer === 1
    ? (Math.floor(12 * bitRate / rate) + padding) * 4
    : Math.floor(samples / 8 * bitRate / rate) + padding;
  const sideBytes = version === 1 ? (mono ? 17 : 32) : mono ? 9 : 17;
  return { version, layer, bitRate, rate, channels: mono ? 1 : 2, samples, length, sideBytes };
}

/** Whether two frames can be of one song: what differs between them may. */
export function isSameStream(one: MpegHeader, other: MpegHeader): boolean {
  return one.version === other.version && one.layer === other.layer && one.rate === other.rate;
}
