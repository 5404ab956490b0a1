import type { CatalogueFile } from "../protocol/music.ts";
import { CATALOGUE_LIMITS } from "./catalogue_limits.ts";

/** What the directory keeps of a node, and of a list that is still being sent: a JSON value. */
export interface CatalogueEntry {
  /** The node's UDP port. */
  readonly port: number;
  /** A word for this very list, so that what was derived from it need not be made again. */
  readonly list: string;
  /** Bytes of memory that it counts, see {@link CATALOGUE_LIMITS}. */
  readonly bytes: number;
  /** In a complete list by id, each id once; in one that is being sent as they came. */
  readonly files: readonly CatalogueFile[];
}

/** Bytes that files count, see {@link CATALOGUE_LIMITS}. */
export function bytesOfFiles(files: readonly CatalogueFile[]): number {
  const { fileBytes, unitBytes } = CATALOGUE_LIMITS;
  let bytes = 0;
  for (const { name, title, artist } of files) {
    bytes += fileBytes + unitBytes * (name.length + title.length + artist.length);
  }
  return bytes;
}

/** A list as it is listed: by id, and of equal ids the last, which makes a part sent twice one. */
export function inOrder(files: readonly CatalogueFile[]): readonly CatalogueFile[] {
  const byId = new Map(files.map((file) => [file.id, file]));
  return [...byId.values()].sort((a, b) => a.id < b.id ? -1 : 1);
}
