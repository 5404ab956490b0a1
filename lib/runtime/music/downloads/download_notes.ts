import { piecesOf } from "../../../protocol/music/transfer_geometry.ts";
import { type JsonObject, parseJsonLine } from "../../../wire/json_line.ts";
import { LineDecoder } from "../../../wire/line_decoder.ts";
import { DOWNLOAD_LIMITS } from "./limits.ts";

/** What is wanted: a file by its content. */
export interface WantedFile {
  /** SHA-256 of the content, in small hexadecimal digits. */
  readonly id: string;
  /** What its source calls it: never a path. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** What was noted about a download that is not finished. */
export interface DownloadNotes {
  readonly wanted: WantedFile;
  /** The digest of each piece that was there, in hex, by number. */
  readonly pieces: ReadonlyMap<number, string>;
}

const VERSION = 1;
const DIGEST = /^[0-9a-f]{64}$/;
const READ_BYTES = 64 * 1024;

/**
 * The notes about a download, lines of JSON in a file that is only appended to:
 *
 * ```text
 * {"version":1,"id":…,"name":…,"size":…}
 * {"piece":0,"sha256":…}
 * ```
 *
 * A line that was cut off when the machine lost its power is no line, and its piece is fetched again.
 */
export function formatHeader({ id, name, size }: WantedFile): string {
  return `${JSON.stringify({ version: VERSION, id, name, size })}\n`;
}

/** The line of a piece; the end of a line before it ends one that was cut off. */
export function formatPiece(piece: number, sha256: string): string {
  return `\n${JSON.stringify({ piece, sha256 })}\n`;
}

/**
 * Reads the notes of an open file from its beginning.
 *
 * @param mostLines lines that are read; 1 for the header alone
 * @returns null where these are no notes
 */
export async function readNotes(
  file: Deno.FsFile,
  mostLines: number = Infinity,
): Promise<DownloadNotes | null> {
  const decoder = new LineDecoder(DOWNLOAD_LIMITS.noteLine);
  const buffer = new Uint8Array(READ_BYTES);
  const pieces = new Map<number, string>();
  let wanted: WantedFile | null = null;
  let [bytes, lines] = [0, 0];
  await file.seek(0, Deno.SeekMode.Start);
  while (bytes < DOWNLOAD_LIMITS.noteBytes && lines < mostLines) {
    const count = await file.read(buffer);
    if (count === null) break;
    bytes += count;
    for (const line of decoder.push(buffer.subarray(0, count))) {
      const object = line.kind === "line" ? readLine(line.bytes) : null;
      if (wanted === null) {
        wanted = object === null ? null : readWanted(object);
        if (wanted === null) return null;
      } else if (object !== null) notePiece(pieces, wanted, object);
      lines += 1;
    }
  }
  return wanted === null ? null : { wanted, pieces };
}

function readLine(bytes: Uint8Array): JsonObject | null {
  try {
    return parseJsonLine(bytes);
  } catch {
    return null;
  }
}

function readWanted({ version, id, name, size }: JsonObject): WantedFile | null {
  if (version !== VERSION || typeof id !== "string" || !DIGEST.test(id)) return null;
  if (typeof name !== "string" || !Number.isSafeInteger(size) || (size as number) < 0) return null;
  return { id, name, size: size as number };
}

function notePiece(
  pieces: Map<number, string>,
  { size }: WantedFile,
  { piece, sha256 }: JsonObject,
): void {
  if (!Number.isSafeInteger(piece) || typeof sha256 !== "string" || !DIGEST.test(sha256)) return;
  const number = piece as number;
  if (number >= 0 && number < piecesOf(size)) pieces.set(number, sha256);
}
