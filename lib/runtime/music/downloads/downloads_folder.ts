import { join } from "node:path";
import type { DownloadFault, StorageFault } from "../../../music/library_status.ts";
import { missingPermission, storageFault } from "../library/storage_fault.ts";
import { encodeText } from "../../../wire/text.ts";
import { Download, type DownloadFiles, lookAtPart, writeAll } from "./download.ts";
import { formatHeader, readNotes, type WantedFile } from "./download_notes.ts";
import { DOWNLOAD_LIMITS } from "./limits.ts";
import { numberedName, safeFileName } from "./safe_file_name.ts";
import { NOTES, PART, type Unfinished, unfinishedIn } from "./unfinished.ts";

/** What came of beginning a download. */
export type BeginOutcome =
  | { readonly kind: "begun"; readonly download: Download }
  | { readonly kind: "fault"; readonly fault: DownloadFault };

/** Whose music it is, is for the person to say: files are made as any other. */
const NEW = { read: true, write: true, createNew: true } as const;

/**
 * A folder to which files are fetched. It is made when it is needed, and needs `--allow-read` and
 * `--allow-write`. Names from others never lead out of it, and nothing in it is overwritten.
 */
export class DownloadsFolder {
  /** Ids of downloads that are open, of this program. */
  readonly #open = new Set<string>();

  constructor(readonly path: string) {}

  /** Begins a download, or goes on with one of the same content that was not finished. */
  async begin(wanted: WantedFile): Promise<BeginOutcome> {
    const { path } = this;
    if (this.#open.has(wanted.id)) return { kind: "fault", fault: { why: "in_progress", path } };
    this.#open.add(wanted.id);
    let begun: BeginOutcome | null = null;
    try {
      begun = await this.#begin(wanted);
      return begun;
    } catch (error) {
      return { kind: "fault", fault: storageFault(error, path, "write") };
    } finally {
      if (begun?.kind !== "begun") this.#open.delete(wanted.id);
    }
  }

  /** Downloads that were begun and not finished; none where the folder cannot be read. */
  async unfinished(): Promise<readonly Unfinished[]> {
    if (await missingPermission(this.path, "read") !== null) return [];
    try {
      return await Array.fromAsync(unfinishedIn(this.path, true));
    } catch (error) {
      storageFault(error, this.path, "read");
      return [];
    }
  }

  async #begin(wanted: WantedFile): Promise<BeginOutcome> {
    const fault = await this.#missingPermission();
    if (fault !== null) return { kind: "fault", fault };
    await Deno.mkdir(this.path, { recursive: true });
    for await (const unfinished of unfinishedIn(this.path, false)) {
      const { id, size } = unfinished.wanted;
      if (id !== wanted.id || size !== wanted.size) continue;
      const resumed = await this.#resume(unfinished);
      if (resumed !== null) return resumed;
    }
    return await this.#create(wanted);
  }

  async #missingPermission(): Promise<StorageFault | null> {
    return await missingPermission(this.path, "write") ??
      await missingPermission(this.path, "read");
  }

  /** Goes on with a download; null where it went away meanwhile. */
  async #resume({ wanted, file }: Unfinished): Promise<BeginOutcome | null> {
    const partPath = join(this.path, `${file}${PART}`);
    const notesPath = `${partPath}${NOTES}`;
    let notes: Deno.FsFile | null = null;
    let part: Deno.FsFile | null = null;
    try {
      notes = await Deno.open(notesPath, { read: true, write: true });
      if (!await notes.tryLock(true)) {
        notes.close();
        return { kind: "fault", fault: { why: "in_progress", path: partPath } };
      }
      if ((await Deno.lstat(partPath)).isFile) {
        part = await Deno.open(partPath, { read: true, write: true });
        const noted = await readNotes(notes);
        if (noted?.wanted.id === wanted.id) {
          const name = safeFileName(file);
          return await this.#download(
            wanted,
            { part, partPath, notes, notesPath, name },
            noted.pieces,
          );
        }
      }
    } catch (error) {
      part?.close();
      notes?.close();
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      // Notes about nothing.
      await Deno.remove(notesPath).catch(() => {});
      return null;
    }
    part?.close();
    notes.close();
    return null;
  }

  async #create(wanted: WantedFile): Promise<BeginOutcome> {
    const name = safeFileName(wanted.name);
    for (let number = 1; number <= DOWNLOAD_LIMITS.sameNames; number += 1) {
      const final = join(this.path, numberedName(name, number));
      if (await isThere(final)) continue;
      const partPath = `${final}${PART}`;
      const notesPath = `${partPath}${NOTES}`;
      const notes = await openNew(notesPath);
      if (notes === null) continue;
      const part = await openNew(partPath).catch(async (error) => {
        notes.close();
        await Deno.remove(notesPath);
        throw error;
      });
      if (part === null) {
        notes.close();
        await Deno.remove(notesPath);
        continue;
      }
      const files = { part, partPath, notes, notesPath, name };
      try {
        await notes.tryLock(true);
        await writeAll(notes, encodeText(formatHeader(wanted)));
        return await this.#download(wanted, files, new Map());
      } catch (error) {
        part.close();
        notes.close();
        await Deno.remove(partPath).catch(() => {});
        await Deno.remove(notesPath).catch(() => {});
        throw error;
      }
    }
    return { kind: "fault", fault: { why: "no_free_name", path: this.path } };
  }

  async #download(
    wanted: WantedFile,
    files: DownloadFiles,
    noted: ReadonlyMap<number, string>,
  ): Promise<BeginOutcome> {
    const there = await lookAtPart(files.part, wanted.size, noted);
    const closed = () => void this.#open.delete(wanted.id);
    return { kind: "begun", download: new Download(wanted, there, files, closed) };
  }
}

/** Opens a file that was not there before, or answers null. */
async function openNew(path: string): Promise<Deno.FsFile | null> {
  try {
    return await Deno.open(path, NEW);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return null;
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
