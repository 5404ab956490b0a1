import type {
  LibraryStatus,
  ReadFault,
  SharedFolderStatus,
  ShareFault,
} from "../../../music/library_status.ts";
import type { SharedFile } from "../../../music/source_contract.ts";
import type { CatalogueFile } from "../../../protocol/music.ts";
import { FileIndex } from "./file_index.ts";
import { sameStamp } from "./file_stamp.ts";
import type { IndexEntry } from "./index_entry.ts";
import { LIBRARY_LIMITS } from "./limits.ts";
import { listedFile } from "./listed_file.ts";
import { openPlainFile } from "./plain_file.ts";
import { ReadingQueue } from "./reading_queue.ts";
import { type FolderTimes, SharedFolder } from "./shared_folder.ts";
import { SharedReader } from "./shared_reader.ts";
import { missingPermission, storageFault } from "./storage_fault.ts";

/** What a {@link MusicLibrary} tells. */
export interface LibraryObserver {
  report(status: LibraryStatus): void;
  /** {@link MusicLibrary.files} has changed; told a few times a second at the most. */
  changed(): void;
  bug(error: unknown): void;
}

/** What came of opening a shared file. */
export type OpenOutcome =
  | { readonly kind: "open"; readonly reader: SharedReader }
  | { readonly kind: "fault"; readonly fault: ReadFault };

/** What came of sharing a folder. */
export type ShareOutcome =
  | { readonly kind: "shared"; readonly folder: SharedFolderStatus }
  | { readonly kind: "fault"; readonly fault: ShareFault };

/** A shared folder as it was given, which may be another name of it. */
interface Share {
  readonly given: string;
  readonly folder: SharedFolder;
}

/**
 * The music that this node gives to others: folders whose files are found, read once for digests and
 * tags, and watched. It needs `--allow-read`; keeping what was found out, `--allow-write`.
 */
export class MusicLibrary implements AsyncDisposable {
  /** By real path. */
  readonly #shares = new Map<string, Share>();
  readonly #queue: ReadingQueue;
  /** The files of each id; made when it is asked for. */
  #byId: Map<string, IndexEntry[]> | null = null;
  #changeTimer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  private constructor(
    readonly index: FileIndex,
    readonly observer: LibraryObserver,
    readonly times: FolderTimes,
  ) {
    this.#queue = new ReadingQueue(
      (progress) => observer.report(progress),
      (error) => observer.bug(error),
    );
  }

  /**
   * A library without folders.
   *
   * @param indexFolder where what is found out about files is kept; null for nowhere
   */
  static async open(
    indexFolder: string | null,
    observer: LibraryObserver,
    times: FolderTimes = LIBRARY_LIMITS,
  ): Promise<MusicLibrary> {
    const index = await FileIndex.open(
      indexFolder,
      (fault) => observer.report({ kind: "index_not_kept", fault }),
    );
    return new MusicLibrary(index, observer, times);
  }

  /** Shares a folder and all in it. Its files come one after the other, in the background. */
  async share(given: string): Promise<ShareOutcome> {
    const missing = await missingPermission(given, "read");
    if (missing !== null) return { kind: "fault", fault: missing };
    let path: string;
    try {
      path = await Deno.realPath(given);
      if (!(await Deno.stat(path)).isDirectory) {
        return { kind: "fault", fault: { why: "no_folder", path } };
      }
    } catch (error) {
      return { kind: "fault", fault: storageFault(error, given, "read") };
    }
    // A way round by another name may lead where the program may not read.
    const barred = await missingPermission(path, "read");
    if (barred !== null) return { kind: "fault", fault: barred };
    if (this.#shares.has(path)) return { kind: "fault", fault: { why: "already_shared", path } };
    const { folders: most } = LIBRARY_LIMITS;
    if (this.#shares.size >= most || this.#ended) {
      return { kind: "fault", fault: { why: "too_many_folders", path, most } };
    }
    const folder = this.#open(path);
    this.#shares.set(path, { given, folder });
    return { kind: "shared", folder: folder.status };
  }

  /** Shares a folder no more; answers its real path, or null where it was not shared. */
  async unshare(given: string): Promise<string | null> {
    // A folder that is gone is known by the name that it was shared under.
    const real = await Deno.realPath(given).catch(() => given);
    const found = [...this.#shares].find(([path, share]) => path === real || share.given === given);
    if (found === undefined) return null;
    const [path, { folder }] = found;
    this.#shares.delete(path);
    this.#changed();
    await folder[Symbol.asyncDispose]();
    return path;
  }

  /** The folders, in the order in which they were shared. */
  folders(): readonly SharedFolderStatus[] {
    return [...this.#shares.values()].map(({ folder }) => folder.status);
  }

  /** What others can have, as the catalogue lists it; each content once. */
  files(): readonly CatalogueFile[] {
    return [...this.#entries().values()].map(([entry]) => listedFile(entry!));
  }

  /** A file as its listeners are told of it, or null where none of this id is shared. */
  file(id: string): SharedFile | null {
    const entry = this.#entries().get(id)?.[0];
    if (entry === undefined) return null;
    const { name, size } = listedFile(entry);
    return { id, name, size, digests: entry.content.digests };
  }

  /** Opens a file to be read from; of several copies, the first that is as it was. */
  async open(id: string): Promise<OpenOutcome> {
    let fault: ReadFault = { why: "not_shared", path: id };
    for (const { path, stamp } of this.#entries().get(id) ?? []) {
      const opened = await openPlainFile(path);
      if (opened.kind === "open") {
        if (sameStamp(opened.stamp, stamp)) {
          const reader = new SharedReader(path, opened.file, stamp, () => this.#lookAt(path));
          return { kind: "open", reader };
        }
        opened.file.close();
      }
      fault = opened.kind === "fault" ? opened.fault : { why: "changed", path };
      this.#lookAt(path);
    }
    return { kind: "fault", fault };
  }

  /** Ends everything and writes what is known. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#changeTimer);
    const folders = [...this.#shares.values()].map(({ folder }) => folder);
    await Promise.all(folders.map((folder) => folder[Symbol.asyncDispose]()));
    await this.#queue.idle;
    await this.index[Symbol.asyncDispose]();
  }

  #open(path: string): SharedFolder {
    const tell = (status: LibraryStatus) => this.observer.report(status);
    const folder: SharedFolder = new SharedFolder(path, {
      index: this.index,
      queue: this.#queue,
      times: this.times,
      files: () => this.#roomFor(path),
      changed: () => this.#changed(),
      read: () => tell({ kind: "folder_read", folder: folder.status }),
      lost: (fault) =>
        tell(
          fault === null ? { kind: "folder_back", path } : { kind: "folder_lost", path, fault },
        ),
      bug: (error) => this.observer.bug(error),
    });
    return folder;
  }

  /** How many files a folder may have, beside those of the others. */
  #roomFor(path: string): number {
    let room = LIBRARY_LIMITS.files;
    for (const [other, { folder }] of this.#shares) if (other !== path) room -= folder.size;
    return Math.max(0, room);
  }

  #entries(): Map<string, IndexEntry[]> {
    if (this.#byId !== null) return this.#byId;
    const byId = new Map<string, IndexEntry[]>();
    for (const { folder } of this.#shares.values()) {
      for (const entry of folder.entries) {
        const { id } = entry.content;
        const same = byId.get(id);
        if (same === undefined) byId.set(id, [entry]);
        else same.push(entry);
      }
    }
    return this.#byId = byId;
  }

  /** A file was not what it should be: its folders are looked through. */
  #lookAt(file: string): void {
    for (const [path, { folder }] of this.#shares) if (file.startsWith(path)) folder.poke();
  }

  #changed(): void {
    this.#byId = null;
    if (this.#ended) return;
    this.#changeTimer ??= setTimeout(() => {
      this.#changeTimer = undefined;
      this.observer.changed();
    }, LIBRARY_LIMITS.changeInterval);
  }
}
