/** The checksum of a frame's header: polynomial 0x07. RFC 9639, 9.1.8. */
export function flacHeaderChecksum(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = EIGHT[value ^ byte]!;
  return value;
}

/** The checksum of a whole frame, polynomial 0x8005, carried on from `value`. RFC 9639, 9.3. */
export function flacFrameChecksum(bytes: Uint8Array, from: number, to: number, value = 0): number {
  for (let n = from; n < to; n++) {
    value = (value << 8 & 0xFFFF) ^ SIXTEEN[value >> 8 ^ bytes[n]!]!;
  }
  return value;
}

const EIGHT = table(8, 0x07);
const SIXTEEN = table(16, 0x8005);

function table(bits: number, polynomial: number): Uint16Array {
  const top = 1 << (bits - 1);
  const mask = 2 ** bits - 1;
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let value = byte << (bits - 8);
    for (let bit = 0; bit < 8; bit++) {
      value = (value << 1 ^ ((value & top) === 0 ? 0 : polynomial)) & mask;
    }
    return value;
  });
}
