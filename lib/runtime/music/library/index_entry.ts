import { DIGEST_BYTES, piecesOf } from "../../../protocol/music/transfer_geometry.ts";
import { parseJsonLine } from "../../../wire/json_line.ts";
import { type FileDigests, sha256 } from "./file_digests.ts";
import type { FileStamp } from "./file_stamp.ts";
import type { Tags } from "./tags.ts";

/** What was found out about a file, which holds as long as its stamp does. */
export interface IndexEntry {
  readonly path: string;
  readonly stamp: FileStamp;
  readonly content: FileDigests;
  readonly tags: Tags;
}

/** An entry as a line of JSON, with a digest of itself at the end. */
export function formatIndexEntry({ path, stamp, content, tags }: IndexEntry): string {
  const { id, digests } = content;
  const text = JSON.stringify({ path, ...stamp, ...tags, id, digests: digests.toBase64() });
  return `${text.slice(0, -1)},"sum":"${sumOf(text)}"}`;
}

/** The entry of a line, or null where it is damaged or of another version. */
export function parseIndexEntry(bytes: Uint8Array): IndexEntry | null {
  try {
    const { sum, ...fields } = parseJsonLine(bytes);
    if (sum !== sumOf(JSON.stringify(fields))) return null;
    // What was written as a whole is as it was written.
    const { path, size, changed, id, title, artist, seconds } = fields as unknown as
      & FileStamp
      & Tags
      & { readonly path: string; readonly id: string };
    const digests = Uint8Array.fromBase64(fields.digests as string);
    if (digests.length !== piecesOf(size) * DIGEST_BYTES) return null;
    return {
      path,
      stamp: { size, changed },
      content: { id, pieces: sha256(digests), digests },
      tags: { title, artist, seconds },
    };
  } catch {
    return null;
  }
}

/** Enough of a digest to tell what was damaged; it guards against nobody. */
function sumOf(text: string): string {
  return sha256(`1 ${text}`).slice(0, 16);
}
