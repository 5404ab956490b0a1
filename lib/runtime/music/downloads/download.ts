import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import type { Hasher } from "../../../music/hasher.ts";
import type { DownloadFault } from "../../../music/library_status.ts";
import { PIECE_BYTES, pieceLength, piecesOf } from "../../../protocol/music/transfer_geometry.ts";
import { encodeText } from "../../../wire/text.ts";
import { digestFile, fill, sha256 } from "../library/file_digests.ts";
import { storageFault } from "../library/storage_fault.ts";
import { formatPiece, type WantedFile } from "./download_notes.ts";
import { DOWNLOAD_LIMITS } from "./limits.ts";
import { type FileName, numberedName } from "./safe_file_name.ts";

/** What was there of a file when its download was begun or gone on with. */
export interface AlreadyThere {
  /** Pieces that are as they were when they came. */
  readonly have: ReadonlySet<number>;
  /** The digest of those that come one after the other from the beginning on, to be gone on with. */
  readonly begun: { readonly hasher: Hasher; readonly pieces: number };
}

/** Both files of a download, open and locked, and what they are called. */
export interface DownloadFiles {
  readonly part: Deno.FsFile;
  readonly partPath: string;
  readonly notes: Deno.FsFile;
  readonly notesPath: string;
  /** What the file is to be called. */
  readonly name: FileName;
}

/** What came of reading what is there already. */
export type PartOutcome =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Not all of that has come. */
  | { readonly kind: "missing" }
  | { readonly kind: "fault"; readonly fault: DownloadFault };

/** What came of the end. */
export type FinishOutcome =
  | { readonly kind: "finished"; readonly path: string }
  | { readonly kind: "fault"; readonly fault: DownloadFault };

/**
 * A file on its way to a folder, piece by piece, as `NAME.part` with notes beside it. It is called by
 * its name only when it is complete; what was there before keeps its name. When the program ends in
 * the middle, the download is gone on with the next time.
 */
export class Download implements AsyncDisposable {
  readonly #have: Set<number>;
  /** One thing at a time: a file has one position. */
  #turn: Promise<unknown> = Promise.resolve();
  #open = true;

  /** @param closed told once when the files are let go */
  constructor(
    readonly wanted: WantedFile,
    readonly there: AlreadyThere,
    readonly files: DownloadFiles,
    readonly closed: () => void,
  ) {
    this.#have = new Set(there.have);
  }

  /** Pieces that are there. */
  get have(): ReadonlySet<number> {
    return this.#have;
  }

  /** Whether nothing is missing. */
  get complete(): boolean {
    return this.#have.size === piecesOf(this.wanted.size);
  }

  /**
   * Writes a piece that was verified, and notes that. A fault leaves the download as it was.
   *
   * @throws {TypeError} a piece that the file does not have, or of another length
   */
  write(piece: number, bytes: Uint8Array): Promise<DownloadFault | null> {
    const { size } = this.wanted;
    if (!(piece >= 0 && piece < piecesOf(size)) || bytes.length !== pieceLength(size, piece)) {
      throw new TypeError(`no piece ${piece} of ${bytes.length} bytes`);
    }
    return this.#next(async ({ part, partPath, notes, notesPath }) => {
      try {
        await part.seek(piece * PIECE_BYTES, Deno.SeekMode.Start);
        await writeAll(part, bytes);
      } catch (error) {
        return storageFault(error, partPath, "write");
      }
      try {
        await notes.seek(0, Deno.SeekMode.End);
        await writeAll(notes, encodeText(formatPiece(piece, sha256(bytes))));
      } catch (error) {
        return storageFault(error, notesPath, "write");
      }
      this.#have.add(piece);
      return null;
    }, (fault) => fault);
  }

  /** Bytes that are there, for playing before the end. */
  read(offset: number, length: number): Promise<PartOutcome> {
    return this.#next<PartOutcome>(async ({ part, partPath }) => {
      const end = Math.min(offset + length, this.wanted.size);
      for (let piece = Math.floor(offset / PIECE_BYTES); piece * PIECE_BYTES < end; piece += 1) {
        if (!this.#have.has(piece)) return { kind: "missing" };
      }
      const bytes = new Uint8Array(Math.max(0, end - offset));
      try {
        await part.seek(offset, Deno.SeekMode.Start);
        if (await fill(part, bytes) === bytes.length) return { kind: "bytes", bytes };
      } catch (error) {
        return { kind: "fault", fault: storageFault(error, partPath, "read") };
      }
      return { kind: "missing" };
    }, (fault) => ({ kind: "fault", fault }));
  }

  /**
   * Gives a complete file its name, or one with a number where that is taken, and ends the download.
   * After a fault it can be gone on with, but for wrong content, of which nothing is kept.
   *
   * @param checked whether the digest of the whole is known to be right; otherwise it is taken now
   * @throws {TypeError} where pieces are missing
   */
  finish(checked: boolean): Promise<FinishOutcome> {
    if (!this.complete) throw new TypeError("pieces are missing");
    return this.#next<FinishOutcome>(async ({ part, partPath, notesPath }) => {
      try {
        if (!checked && !await this.#isWanted(part)) {
          await this.#close(true);
          return { kind: "fault", fault: { why: "wrong_content", path: partPath } };
        }
        // Before it has its name, so that a name never stands for half a file after a power cut.
        await part.syncData();
        const path = await this.#giveName(partPath);
        if (path === null) return { kind: "fault", fault: { why: "no_free_name", path: partPath } };
        await Deno.remove(notesPath).catch(() => {});
        await keepEntries(dirname(path));
        await this.#close(false);
        return { kind: "finished", path };
      } catch (error) {
        return { kind: "fault", fault: storageFault(error, partPath, "write") };
      }
    }, (fault) => ({ kind: "fault", fault }));
  }

  /** Ends the download and removes what is there of it. */
  async discard(): Promise<void> {
    await this.#next(() => this.#close(true), () => undefined);
  }

  /**
   * Ends the download; it can be gone on with later, if there is anything of it. Calling it twice is
   * harmless.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#next(() => this.#close(this.#have.size === 0), () => undefined);
  }

  /** Does one thing after another; nothing more once the files are closed. */
  #next<T>(act: (files: DownloadFiles) => Promise<T>, fault: (fault: DownloadFault) => T) {
    const done = this.#turn.then((): T | Promise<T> =>
      this.#open ? act(this.files) : fault({ why: "not_found", path: this.files.partPath })
    );
    this.#turn = done.catch(() => {});
    return done;
  }

  async #isWanted(part: Deno.FsFile): Promise<boolean> {
    const digests = await digestFile(part, this.wanted.size, NEVER, () => {});
    return digests?.id === this.wanted.id;
  }

  /** Gives the file the first of its names that is free, and answers its path, or null. */
  async #giveName(partPath: string): Promise<string | null> {
    const folder = dirname(partPath);
    for (let number = 1; number <= DOWNLOAD_LIMITS.sameNames; number += 1) {
      const path = join(folder, numberedName(this.files.name, number));
      try {
        await moveToNew(partPath, path);
        return path;
      } catch (error) {
        if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
      }
    }
    return null;
  }

  async #close(removing: boolean): Promise<void> {
    const { part, partPath, notes, notesPath } = this.files;
    this.#open = false;
    part.close();
    if (removing) {
      await Deno.remove(partPath).catch(() => {});
      await Deno.remove(notesPath).catch(() => {});
    }
    notes.close();
    this.closed();
  }
}

const NEVER = new AbortController().signal;

/** Looks which of the pieces that were noted are on the disk as they were when they came. */
export async function lookAtPart(
  part: Deno.FsFile,
  size: number,
  noted: ReadonlyMap<number, string>,
): Promise<AlreadyThere> {
  const whole = createHash("sha256");
  const have = new Set<number>();
  let begun = 0;
  for (const piece of [...noted.keys()].sort((a, b) => a - b)) {
    const bytes = new Uint8Array(pieceLength(size, piece));
    await part.seek(piece * PIECE_BYTES, Deno.SeekMode.Start);
    if (await fill(part, bytes) < bytes.length || sha256(bytes) !== noted.get(piece)) continue;
    have.add(piece);
    if (piece !== begun) continue;
    whole.update(bytes);
    begun += 1;
  }
  const hasher: Hasher = {
    update: (bytes) => void whole.update(bytes),
    digest: () => new Uint8Array(whole.digest()),
  };
  return { have, begun: { hasher, pieces: begun } };
}

/**
 * Gives a file another name that nothing has yet. The new name stands for all of it from the first
 * moment on, also where this program is killed in the middle: a second name is made, then the first
 * one removed. Where the disk has no second names (FAT), an empty file keeps the place for a moment.
 *
 * @throws {Deno.errors.AlreadyExists} there is something of that name
 */
async function moveToNew(from: string, to: string): Promise<void> {
  try {
    await Deno.link(from, to);
    return await Deno.remove(from).catch(() => {});
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) throw error;
  }
  (await Deno.open(to, { write: true, createNew: true })).close();
  try {
    await Deno.rename(from, to);
  } catch (error) {
    await Deno.remove(to).catch(() => {});
    throw error;
  }
}

/** Has the disk keep the names in a folder, where it can be told to. */
async function keepEntries(folder: string): Promise<void> {
  try {
    using open = await Deno.open(folder);
    await open.sync();
  } catch {
    // Windows does not open folders; it keeps them by itself.
  }
}

/** Writes all of some bytes where the file's position is. */
export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}
