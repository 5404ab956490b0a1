import type { CatalogueSong } from "../../music/catalogue/song.ts";
import type { PlayCache } from "./downloads/play_cache.ts";
import type { MusicLibrary } from "./library/music_library.ts";
import type { MemorySongs } from "./memory_songs.ts";
import type { PieceStore } from "./piece_store.ts";
import { fileBytes, sharedBytes, type SongBytes } from "./song_bytes.ts";

/** A song that is not here, with the place where it will be. */
export interface ShelfPlace {
  readonly store: PieceStore;
  /** To be read from while it comes, and behind that. */
  readonly bytes: SongBytes;
  /** Keeps the place from being given to another song. */
  readonly kept: Disposable;
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

  /** Makes a place for a song that is to be fetched: in the cache, or where that fails in memory. */
  async begin(song: CatalogueSong): Promise<ShelfPlace> {
    const kept = this.cache?.keep(song.id);
    const begun = await this.cache?.begin(song);
    if (kept !== undefined && begun?.kind === "begun") {
      const { download } = begun;
      try {
        const bytes = await fileBytes(download.files.partPath, download.have);
        return { store: download, bytes, kept };
      } catch {
        await download[Symbol.asyncDispose]();
      }
    }
    kept?.[Symbol.dispose]();
    const store = this.memory.begin(song);
    return { store, bytes: store, kept: { [Symbol.dispose]() {} } };
  }

  /** A song that was fetched into the cache is complete. */
  fetched(id: string, path: string): void {
    if (this.cache !== null && this.#inMemory(id) === null) this.#fetched.set(id, path);
  }

  #inMemory(id: string): PieceStore | null {
    const song = this.memory.find(id);
    return song?.complete ? song : null;
  }
}
