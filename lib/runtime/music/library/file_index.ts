import { join } from "node:path";
import type { StorageFault } from "../../../music/library_status.ts";
import { LineDecoder } from "../../../wire/line_decoder.ts";
import { type FileStamp, sameStamp } from "./file_stamp.ts";
import { formatIndexEntry, type IndexEntry, parseIndexEntry } from "./index_entry.ts";
import { LIBRARY_LIMITS } from "./limits.ts";
import { missingPermission, storageFault } from "./storage_fault.ts";

const FILE = "shared_files.jsonl";
/** Whose files these are is nobody else's business. */
const MODE = 0o600;
const READ_BYTES = 256 * 1024;

/**
 * What was found out about files, by path, so that it has to be found out only once: in memory, and
 * where there is a folder for it, in a file of JSON lines that is appended to. What is damaged in it
 * is left out; without it, files are read again.
 */
export class FileIndex implements AsyncDisposable {
  readonly #entries = new Map<string, IndexEntry>();
  #path: string | null = null;
  #unwritten: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(readonly fault: (fault: StorageFault) => void) {}

  /**
   * Reads the index of a folder, which is made where there is none.
   *
   * @param folder null for an index in memory only
   * @param fault told once where the index cannot be kept, and why
   */
  static async open(
    folder: string | null,
    fault: (fault: StorageFault) => void,
  ): Promise<FileIndex> {
    const index = new FileIndex(fault);
    if (folder === null) return index;
    for (const access of ["read", "write"] as const) {
      const missing = await missingPermission(folder, access);
      if (missing !== null) {
        fault(missing);
        return index;
      }
    }
    const path = join(folder, FILE);
    index.#path = path;
    try {
      await Deno.mkdir(folder, { recursive: true });
      if (!await index.#load(path)) await index.#rewrite(path);
    } catch (error) {
      index.#giveUp(storageFault(error, path, "write"));
    }
    return index;
  }

  /** How many files are known. */
  get size(): number {
    return this.#entries.size;
  }

  /** What is known of a file as it is now, or null. */
  find(path: string, stamp: FileStamp): IndexEntry | null {
    const entry = this.#entries.get(path);
    return entry !== undefined && sameStamp(entry.stamp, stamp) ? entry : null;
  }

  /** Remembers what was found out; a file without a time of change cannot be known again. */
  add(entry: IndexEntry): void {
    if (entry.stamp.changed === null) return;
    this.#remember(entry);
    if (this.#path === null) return;
    this.#unwritten.push(formatIndexEntry(entry));
    this.#timer ??= setTimeout(() => this.#flush(), LIBRARY_LIMITS.indexDelay);
  }

  /** Writes what has not been written. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#flush();
    await this.#writing;
  }

  #remember(entry: IndexEntry): void {
    // At the end again: what was not seen for the longest time goes first.
    this.#entries.delete(entry.path);
    this.#entries.set(entry.path, entry);
    if (this.#entries.size <= LIBRARY_LIMITS.indexEntries) return;
    const [oldest] = this.#entries.keys();
    this.#entries.delete(oldest!);
  }

  /** Answers whether the file is as it should be, and need not be written anew. */
  async #load(path: string): Promise<boolean> {
    let file: Deno.FsFile;
    try {
      file = await Deno.open(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return true;
      throw error;
    }
    using _ = file;
    const decoder = new LineDecoder(LIBRARY_LIMITS.indexLine);
    const buffer = new Uint8Array(READ_BYTES);
    let [lines, bytes, sound] = [0, 0, true];
    for (;;) {
      const count = await file.read(buffer);
      if (count === null) break;
      bytes += count;
      if (bytes > LIBRARY_LIMITS.indexBytes) return false;
      for (const line of decoder.push(buffer.subarray(0, count))) {
        const entry = line.kind === "line" ? parseIndexEntry(line.bytes) : null;
        lines += 1;
        if (entry === null) sound = false;
        else this.#remember(entry);
      }
    }
    // A last line without its end was cut off, and what is appended would be cut off with it.
    return sound && decoder.held === 0 && lines <= 2 * this.#entries.size + 100;
  }

  /** Writes the whole index beside the old one and puts it in its place. */
  async #rewrite(path: string): Promise<void> {
    const temporary = await Deno.makeTempFile({ dir: join(path, ".."), prefix: `${FILE}.` });
    try {
      await Deno.writeTextFile(temporary, this.#lines(), { mode: MODE });
      await Deno.rename(temporary, path);
    } catch (error) {
      await Deno.remove(temporary).catch(() => {});
      throw error;
    }
  }

  /** The lines of all entries, some at a time. */
  #lines(): ReadableStream<string> {
    const entries = this.#entries.values();
    return new ReadableStream({
      pull(controller) {
        const { done, value } = entries.next();
        if (done) controller.close();
        else controller.enqueue(`${formatIndexEntry(value)}\n`);
      },
    });
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const path = this.#path;
    if (path === null || this.#unwritten.length === 0) return;
    const text = this.#unwritten.join("\n") + "\n";
    this.#unwritten = [];
    this.#writing = this.#writing.then(async () => {
      try {
        await Deno.writeTextFile(path, text, { append: true, create: true, mode: MODE });
      } catch (error) {
        this.#giveUp(storageFault(error, path, "write"));
      }
    });
  }

  /** From now on the index is in memory only. */
  #giveUp(fault: StorageFault): void {
    if (this.#path === null) return;
    this.#path = null;
    this.#unwritten = [];
    this.fault(fault);
  }
}
