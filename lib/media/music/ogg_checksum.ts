/** Where a page's checksum stands; it counts as zero. */
const CHECKSUM_AT = 22;
const POLYNOMIAL = 0x04C1_1DB7;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value << 1 ^ (value < 0 ? POLYNOMIAL : 0);
  return value;
});

/** The checksum of a whole page, as an unsigned number of 32 bits. RFC 3533, 6. */
export function oggChecksum(page: Uint8Array): number {
  let value = 0;
  for (let n = 0; n < page.length; n++) {
    const byte = n >= CHECKSUM_AT && n < CHECKSUM_AT + 4 ? 0 : page[n]!;
    value = value << 8 ^ TABLE[value >>> 24 ^ byte]!;
  }
  return value >>> 0;
}
