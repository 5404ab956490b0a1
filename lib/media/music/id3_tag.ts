/** Bytes of the head of an ID3v2 tag. */
export const ID3_HEAD_BYTES = 10;

/** Bytes of the ID3v2 tag at `at`, its head and foot included; 0 where there is none. */
export function id3Bytes(bytes: Uint8Array, at = 0): number {
  if (bytes.length - at < ID3_HEAD_BYTES) return 0;
  if (bytes[at] !== 0x49 || bytes[at + 1] !== 0x44 || bytes[at + 2] !== 0x33) return 0;
  // The size has seven bits a byte, so that it never looks like the beginning of music.
  const size = bytes.subarray(at + 6, at + 10);
  if (size.some((byte) => byte > 0x7F)) return 0;
  const foot = (bytes[at + 5]! & 0x10) === 0 ? 0 : ID3_HEAD_BYTES;
  return ID3_HEAD_BYTES + size.reduce((sum, byte) => sum * 128 + byte, 0) + foot;
}

/** Whether an ID3v1 tag may begin at `at`. */
export function isId3v1(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x54 && bytes[at + 1] === 0x41 && bytes[at + 2] === 0x47;
}
