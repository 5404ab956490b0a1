import type { SharedFolderStatus, StorageFault } from "../../../music/library_status.ts";
import { MOST_FILE_BYTES } from "../../../protocol/music/transfer_geometry.ts";
import type { FileIndex } from "./file_index.ts";
import type { FileStamp } from "./file_stamp.ts";
import { sameStamp } from "./file_stamp.ts";
import { FolderWatch } from "./folder_watch.ts";
import type { IndexEntry } from "./index_entry.ts";
import { LIBRARY_LIMITS } from "./limits.ts";
import type { ReadingQueue } from "./reading_queue.ts";
import { type FoundFile, walk } from "./walk.ts";

/** Times of a folder in milliseconds, see {@link LIBRARY_LIMITS}. */
export interface FolderTimes {
  readonly settle: number;
  readonly watchDelay: number;
  readonly pollInterval: number;
}

/** What a {@link SharedFolder} works with and tells. */
export interface FolderContext {
  readonly index: FileIndex;
  readonly queue: ReadingQueue;
  readonly times: FolderTimes;
  /** How many files the folder may have. */
  files(): number;
  /** Another file is there, or one is not any more. */
  changed(): void;
  /** It has been looked through and read for the first time. */
  read(): void;
  /** It is gone, or is back where the fault is null. */
  lost(fault: StorageFault | null): void;
  bug(error: unknown): void;
}

/** A folder whose music is shared, as long as it is: looked through, read and watched. */
export class SharedFolder implements AsyncDisposable {
  readonly #entries = new Map<string, IndexEntry>();
  /** Files that wait to be read or are being read. */
  readonly #pending = new Set<string>();
  readonly #unreadable = new Set<string>();
  readonly #end = new AbortController();
  #watch: FolderWatch;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Infinity;
  #walking: Promise<void> | null = null;
  #walkTook = 0;
  #walkedAt = -Infinity;
  #again = false;
  #growing = false;
  #walkUnreadable = 0;
  #cut = false;
  #fault: StorageFault | null = null;
  #firstRead = false;

  /** @param path a real path */
  constructor(readonly path: string, readonly context: FolderContext) {
    // Before the folder is looked through: what changes meanwhile is not missed.
    this.#watch = this.#newWatch();
    this.look();
  }

  /** Files that others can have. */
  get entries(): Iterable<IndexEntry> {
    return this.#entries.values();
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Whether it has not been looked through, or files of it wait to be read. */
  get reading(): boolean {
    return this.#walking !== null || this.#pending.size > 0 || this.#growing;
  }

  get status(): SharedFolderStatus {
    return {
      path: this.path,
      files: this.#entries.size,
      unreadable: this.#walkUnreadable + this.#unreadable.size,
      cut: this.#cut,
      fault: this.#fault,
      reading: this.reading,
    };
  }

  /** Something may have changed: looks through the folder soon, and not all the time. */
  poke(): void {
    const quiet = this.#walkedAt + LIBRARY_LIMITS.walkFactor * this.#walkTook - performance.now();
    this.#lookIn(Math.max(this.context.times.watchDelay, quiet));
  }

  /** Looks through the folder now; where that is being done, once more behind it. */
  look(): void {
    clearTimeout(this.#timer);
    this.#timerAt = Infinity;
    if (this.#end.signal.aborted) return;
    if (this.#walking !== null) {
      this.#again = true;
      return;
    }
    this.#walking = this.#walk().catch(this.context.bug).finally(() => {
      this.#walking = null;
      if (this.#again) {
        this.#again = false;
        this.poke();
      }
      this.#settled();
    });
  }

  /** Ends watching and reading. Its files are not shared any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    clearTimeout(this.#timer);
    this.#watch[Symbol.dispose]();
    await this.#walking;
    this.#entries.clear();
  }

  #lookIn(delay: number): void {
    const at = performance.now() + delay;
    if (at >= this.#timerAt || this.#end.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => this.look(), delay);
  }

  async #walk(): Promise<void> {
    const { signal } = this.#end;
    const begun = performance.now();
    const limits = { ...LIBRARY_LIMITS, files: this.context.files() };
    const found = await walk(this.path, signal, limits);
    this.#walkedAt = performance.now();
    this.#walkTook = this.#walkedAt - begun;
    if (signal.aborted) return;
    this.#walkUnreadable = found.unreadable;
    this.#cut = found.cut;
    this.#turnedOut(found.fault);
    this.#take(found.files);
  }

  /** Takes what there is now in the place of what there was. */
  #take(files: readonly FoundFile[]): void {
    const paths = new Set(files.map(({ path }) => path));
    let changed = false;
    for (const path of this.#entries.keys()) {
      if (!paths.has(path)) changed = this.#entries.delete(path);
    }
    for (const path of this.#unreadable) if (!paths.has(path)) this.#unreadable.delete(path);
    this.#growing = false;
    for (const found of files) {
      const { path, stamp } = found;
      const entry = this.#entries.get(path);
      if (entry !== undefined && sameStamp(entry.stamp, stamp)) continue;
      if (entry !== undefined) changed = this.#entries.delete(path);
      const known = this.context.index.find(path, stamp);
      if (known !== null) {
        this.#entries.set(path, known);
        changed = true;
      } else if (this.#isYoung(stamp)) this.#growing = true;
      else this.#read(found);
    }
    if (this.#growing) this.#lookIn(this.context.times.settle);
    if (changed) this.context.changed();
  }

  #read(found: FoundFile): void {
    const { path, stamp: { size } } = found;
    if (size === 0 || this.#pending.has(path)) return;
    this.#unreadable.delete(path);
    if (size > MOST_FILE_BYTES) {
      this.#unreadable.add(path);
      return;
    }
    this.#pending.add(path);
    this.context.queue.read(found, this.#end.signal).then((reading) => {
      this.#pending.delete(path);
      if (this.#end.signal.aborted || reading === "ended") return;
      if (reading === "unreadable") this.#unreadable.add(path);
      else if (reading === "changed") this.poke();
      else {
        this.context.index.add(reading);
        this.#entries.set(path, reading);
        this.context.changed();
      }
      this.#settled();
    }).catch(this.context.bug);
  }

  /** Whether a file may still be growing: it was changed just now, by the clock of this machine. */
  #isYoung({ changed }: FileStamp): boolean {
    return changed !== null && Math.abs(Date.now() - changed) < this.context.times.settle;
  }

  #settled(): void {
    if (this.#firstRead || this.reading || this.#end.signal.aborted) return;
    this.#firstRead = true;
    this.context.read();
  }

  #turnedOut(fault: StorageFault | null): void {
    const lost = this.#fault;
    this.#fault = fault;
    if ((lost === null) === (fault === null)) return;
    // A watch of a folder that is gone says nothing when another comes in its place.
    this.#watch[Symbol.dispose]();
    this.#watch = this.#newWatch();
    this.context.lost(fault);
  }

  #newWatch(): FolderWatch {
    return new FolderWatch(this.path, this.context.times.pollInterval, () => this.poke());
  }
}
