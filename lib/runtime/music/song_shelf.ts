import type { CatalogueSong } from "../../music/catalogue/song.ts";
import type { DownloadFault } from "../../music/library_status.ts";
import type { PlayCache } from "./downloads/play_cache.ts";
import type { MusicLibrary } from "./library/music_library.ts";
import type { MemorySongs } from "./memory_songs.ts";
import type { PieceStore } from "./piece_store.ts";
import { fileBytes, sharedBytes, type SongBytes } from "./song_bytes.ts";
import { SpillingStore } from "./spilling_store.ts";

/** A song that is not here, with the place where it will be. */
export interface ShelfPlace {
  readonly store: PieceStore;
  /** To be read from while it comes, and behind that. */
  readonly bytes: SongBytes;
  /** Keeps the place from being given to another song. */
  readonly kept: Disposable;
  /** To be called when all of the song is there: it is here from now on, if it is kept. */
  readonly done: (path: string) => void;
}

/** Where songs are on this machine: shared folders, the cache, memory where there is no cache. */
export class SongShelf {
  /** What was fetched into the cache since the start; the library does not know all of it yet. */
  readonly #fetched = new Map<string, string>();

  constructor(
    readonly library: MusicLibrary,
    readonly cache: PlayCache | null,
    readonly memory: MemorySongs,
  ) {}

  /** Whether all of a song is here. */
  has(id: string): boolean {
    return this.library.file(id) !== null || this.#fetched.has(id) || this.#inMemory(id) !== null;
  }

  /** A song that is here, to be read; null where it is not, or cannot be opened. */
  async open(id: string): Promise<SongBytes | null> {
    const memory = this.#inMemory(id);
    if (memory !== null) return memory;
    if (this.library.file(id) !== null) {
      const opened = await this.library.open(id);
      if (opened.kind === "open") return sharedBytes(opened.reader);
    }
    const path = this.#fetched.get(id) ?? await this.cache?.find(id) ?? null;
    if (path === null) return null;
    try {
      return await fileBytes(path, null);
    } catch {
      // It was removed, or may not be read: it can be fetched once more.
      this.#fetched.delete(id);
      return null;
    }
  }

  /**
   * Makes a place for a song that is to be fetched: in the cache, or where that fails in memory.
   *
   * @param notKept told where the cache cannot be used for it, or not to its end
   */
  async begin(song: CatalogueSong, notKept: (fault: DownloadFault) => void): Promise<ShelfPlace> {
    const kept = this.cache?.keep(song.id);
    const begun = await this.cache?.begin(song);
    if (kept !== undefined && begun?.kind === "begun") {
      const { download } = begun;
      try {
        const bytes = await fileBytes(download.files.partPath, download.have);
        const store = new SpillingStore(download, bytes, notKept);
        const done = (path: string) => {
          if (!store.spilled) this.#fetched.set(song.id, path);
        };
        return { store, bytes: store, kept, done };
      } catch {
        await download[Symbol.asyncDispose]();
      }
    }
    kept?.[Symbol.dispose]();
    if (begun?.kind === "fault") notKept(begun.fault);
    const store = this.memory.begin(song);
    return { store, bytes: store, kept: { [Symbol.dispose]() {} }, done() {} };
  }

  #inMemory(id: string): PieceStore | null {
    const song = this.memory.find(id);
    return song?.complete ? song : null;
  }
}
