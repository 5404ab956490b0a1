/** SHA-256 of bytes that come one after the other; the runtime and the tests bring their own. */
export interface Hasher {
  /** Takes the next bytes; it keeps none of them. */
  update(bytes: Uint8Array): void;
  /** The digest, 32 bytes. Nothing may follow. */
  digest(): Uint8Array;
}

/** Begins a SHA-256. */
export type NewHasher = () => Hasher;

/** The digest of some bytes. */
export function digestOf(bytes: Uint8Array, hash: NewHasher): Uint8Array {
  const hasher = hash();
  hasher.update(bytes);
  return hasher.digest();
}

/** Whether two runs of bytes are the same. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
