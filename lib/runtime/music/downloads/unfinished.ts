import { join } from "node:path";
import { pieceLength } from "../../../protocol/music/transfer_geometry.ts";
import { readNotes, type WantedFile } from "./download_notes.ts";
import { DOWNLOAD_LIMITS } from "./limits.ts";

/** Added to a file's name while it is fetched. */
export const PART = ".part";
/** Added to that for the notes about it. */
export const NOTES = ".state";

/** A download that was begun and is not finished. */
export interface Unfinished {
  readonly wanted: WantedFile;
  /** What it is called in its folder, without our endings. */
  readonly file: string;
  /** Bytes that are noted to be there. */
  readonly bytes: number;
}

/**
 * The downloads of a folder that are not finished.
 *
 * @param pieces whether to count what is there of each
 * @throws as `Deno.readDir`
 */
export async function* unfinishedIn(folder: string, pieces: boolean): AsyncGenerator<Unfinished> {
  let seen = 0;
  for await (const entry of Deno.readDir(folder)) {
    if (!entry.isFile || !entry.name.endsWith(`${PART}${NOTES}`)) continue;
    seen += 1;
    if (seen > DOWNLOAD_LIMITS.unfinished) return;
    const notes = await notesOf(join(folder, entry.name), pieces ? Infinity : 1);
    if (notes === null) continue;
    const { wanted } = notes;
    const file = entry.name.slice(0, -`${PART}${NOTES}`.length);
    const bytes = [...notes.pieces.keys()].reduce(
      (sum, piece) => sum + pieceLength(wanted.size, piece),
      0,
    );
    yield { wanted, file, bytes };
  }
}

async function notesOf(path: string, lines: number) {
  try {
    using file = await Deno.open(path);
    return await readNotes(file, lines);
  } catch {
    // Another download's that ended meanwhile, or one that is none of ours.
    return null;
  }
}
