import { createHash } from "node:crypto";
import { DIGEST_BYTES, PIECE_BYTES, piecesOf } from "../../../protocol/music/transfer_geometry.ts";

/** What is known of a file's content. */
export interface FileDigests {
  /** SHA-256 of the whole, in hex. */
  readonly id: string;
  /** SHA-256 of {@link digests}, in hex: what the catalogue vouches for. */
  readonly pieces: string;
  /** The SHA-256 of each piece, one after the other. */
  readonly digests: Uint8Array<ArrayBuffer>;
}

/**
 * Reads an open file from its beginning and takes the digests of the whole and of its pieces in one
 * go. It holds one piece; between two pieces, which take half a millisecond each, others have their
 * turn.
 *
 * @param size bytes that the file has
 * @param read told how many more bytes were read
 * @returns null where the file is not as long as that, or `signal` ended it
 */
export async function digestFile(
  file: Deno.FsFile,
  size: number,
  signal: AbortSignal,
  read: (bytes: number) => void,
): Promise<FileDigests | null> {
  const whole = createHash("sha256");
  const digests = new Uint8Array(piecesOf(size) * DIGEST_BYTES);
  const buffer = new Uint8Array(Math.min(PIECE_BYTES, size + 1));
  await file.seek(0, Deno.SeekMode.Start);
  let total = 0;
  for (let piece = 0;; piece += 1) {
    const length = await fill(file, buffer);
    total += length;
    if (total > size || signal.aborted) return null;
    if (length === 0) break;
    const bytes = buffer.subarray(0, length);
    whole.update(bytes);
    digests.set(createHash("sha256").update(bytes).digest(), piece * DIGEST_BYTES);
    read(length);
    if (length < buffer.length) break;
  }
  if (total !== size) return null;
  return { id: whole.digest("hex"), pieces: sha256(digests), digests };
}

/** SHA-256 of some bytes, in hex. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Reads until the buffer is full or the file ends; answers how much there is. */
export async function fill(file: Deno.FsFile, buffer: Uint8Array): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const count = await file.read(buffer.subarray(length));
    if (count === null) break;
    length += count;
  }
  return length;
}
