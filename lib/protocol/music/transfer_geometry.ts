import { KIB, MIB } from "../../base/units.ts";

/** Bytes of a piece: what is verified as one. `protocols/music.md`. The last of a file is shorter. */
export const PIECE_BYTES = 256 * KIB;
/**
 * Bytes of a chunk: what one datagram carries. A header of 20 bytes and this make 1,196, below the
 * path of 1,200 bytes, and a piece is just 223 of them. The last of a piece is shorter.
 */
export const CHUNK_BYTES = 1176;
/** Chunks of a whole piece. */
export const CHUNKS_PER_PIECE = Math.ceil(PIECE_BYTES / CHUNK_BYTES);
/** Bytes of a SHA-256 digest. */
export const DIGEST_BYTES = 32;
/** Digests of pieces in one datagram of the list. */
export const DIGESTS_PER_PACKET = 36;
/** Bytes of the largest file that travels: its list of pieces takes 2 MiB of memory. */
export const MOST_FILE_BYTES = 16 * 1024 * MIB;

/** How many pieces a file of `size` bytes has; an empty file has none. */
export function piecesOf(size: number): number {
  return Math.ceil(size / PIECE_BYTES);
}

/** Bytes of a piece of a file of `size` bytes. */
export function pieceLength(size: number, piece: number): number {
  return Math.max(0, Math.min(PIECE_BYTES, size - piece * PIECE_BYTES));
}

/** Chunks of a piece of `length` bytes. */
export function chunksOf(length: number): number {
  return Math.ceil(length / CHUNK_BYTES);
}

/** Bytes of a chunk of a piece of `length` bytes. */
export function chunkLength(length: number, chunk: number): number {
  return Math.max(0, Math.min(CHUNK_BYTES, length - chunk * CHUNK_BYTES));
}
