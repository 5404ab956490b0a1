import { createHash } from "node:crypto";
import type { Hasher } from "../../../lib/music/hasher.ts";
import type { SharedFile } from "../../../lib/music/source_contract.ts";
import { PIECE_BYTES, piecesOf } from "../../../lib/protocol/music/transfer_geometry.ts";

/** A file to be shared: made of a seed, with what the catalogue says of it. */
export interface SampleFile {
  readonly bytes: Uint8Array;
  readonly shared: SharedFile;
  /** What the catalogue vouches for. */
  readonly pieces: string;
}

/** SHA-256 for the machines. */
export function newHasher(): Hasher {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
}

/** A file of `size` bytes that nobody can mistake for another. */
export function sampleFile(size: number, seed = 1): SampleFile {
  const words = new Uint32Array(Math.ceil(size / 4));
  let state = seed * 2_654_435_761 >>> 0 || 1;
  for (let at = 0; at < words.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state;
  }
  return describe(new Uint8Array(words.buffer, 0, size));
}

/** What is shared and registered of some bytes. */
export function describe(bytes: Uint8Array): SampleFile {
  const digests = new Uint8Array(piecesOf(bytes.length) * 32);
  for (let at = 0; at * PIECE_BYTES < bytes.length; at++) {
    digests.set(sha256(bytes.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES)), at * 32);
  }
  const id = sha256(bytes).toHex();
  const shared = { id, name: "song.flac", size: bytes.length, digests };
  return { bytes, shared, pieces: sha256(digests).toHex() };
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}
