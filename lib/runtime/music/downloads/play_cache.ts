import { join } from "node:path";
import { missingPermission, storageFault } from "../library/storage_fault.ts";
import type { WantedFile } from "./download_notes.ts";
import { type BeginOutcome, DownloadsFolder } from "./downloads_folder.ts";
import { NOTES, PART } from "./unfinished.ts";

/** A song's folder in the cache, which is called by its id. */
interface CachedSong {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
  /** When it was used last, milliseconds since 1970. */
  readonly usedAt: number;
}

const ID = /^[0-9a-f]{64}$/;

/**
 * What was played, kept in a folder for the next time and for others, up to a number of bytes: what
 * was not used for the longest time goes first. Each song is in a folder called by its id, whose time
 * of change is when the song was used last. Nothing else in the cache's folder is touched.
 */
export class PlayCache {
  /** How often each song is in use: it stays for so long. */
  readonly #kept = new Map<string, number>();
  readonly #folders = new Map<string, DownloadsFolder>();

  /**
   * @param path where the cache is; it may be shared as any folder is
   * @param most bytes that it may take, but for what is in use
   */
  constructor(readonly path: string, readonly most: number) {}

  /** The path of a song that is complete in the cache, which now counts as used; or null. */
  async find(id: string): Promise<string | null> {
    if (!ID.test(id) || await missingPermission(this.path, "read") !== null) return null;
    const folder = join(this.path, id);
    try {
      for await (const entry of Deno.readDir(folder)) {
        if (!entry.isFile || entry.name.endsWith(PART) || entry.name.endsWith(NOTES)) continue;
        const now = new Date();
        // Where it may not be written, it is still there to be read.
        await Deno.utime(folder, now, now).catch(() => {});
        return join(folder, entry.name);
      }
    } catch (error) {
      storageFault(error, folder, "read");
    }
    return null;
  }

  /**
   * Begins to fetch a song into the cache, or goes on with it, and makes room for it first. It stays
   * as long as {@link keep} says, and may have to go at once where it alone is more than there is
   * room for.
   */
  async begin(wanted: WantedFile): Promise<BeginOutcome> {
    using _ = this.keep(wanted.id);
    const { id, size } = wanted;
    const path = join(this.path, id);
    if (!ID.test(id)) return { kind: "fault", fault: { why: "not_found", path } };
    await this.trim(size);
    const folder = this.#folders.get(id) ?? new DownloadsFolder(path);
    this.#folders.set(id, folder);
    return await folder.begin(wanted);
  }

  /** Keeps a song in the cache until what is answered is disposed of. */
  keep(id: string): Disposable {
    this.#kept.set(id, (this.#kept.get(id) ?? 0) + 1);
    let kept = true;
    return {
      [Symbol.dispose]: () => {
        if (!kept) return;
        kept = false;
        const left = this.#kept.get(id)! - 1;
        if (left > 0) this.#kept.set(id, left);
        else this.#kept.delete(id);
      },
    };
  }

  /**
   * Removes what was not used for the longest time, until there is room.
   *
   * @param room bytes that are to be free of those that the cache may take
   * @returns bytes that the cache takes now
   */
  async trim(room = 0): Promise<number> {
    for (const access of ["read", "write"] as const) {
      if (await missingPermission(this.path, access) !== null) return 0;
    }
    const songs = await this.#songs();
    let total = songs.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { id, path, bytes } of songs.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total + room <= this.most) break;
      if (this.#kept.has(id)) continue;
      try {
        await Deno.remove(path, { recursive: true });
        this.#folders.delete(id);
        total -= bytes;
      } catch (error) {
        // Somebody else removed it, or it may not be removed.
        storageFault(error, path, "write");
      }
    }
    return total;
  }

  async #songs(): Promise<CachedSong[]> {
    const songs: CachedSong[] = [];
    try {
      for await (const { name: id, isDirectory } of Deno.readDir(this.path)) {
        if (!isDirectory || !ID.test(id)) continue;
        const song = await songOf(id, join(this.path, id));
        if (song !== null) songs.push(song);
      }
    } catch (error) {
      storageFault(error, this.path, "read");
    }
    return songs;
  }
}

async function songOf(id: string, path: string): Promise<CachedSong | null> {
  let bytes = 0;
  try {
    const usedAt = (await Deno.lstat(path)).mtime?.getTime() ?? 0;
    for await (const { name } of Deno.readDir(path)) {
      bytes += (await Deno.lstat(join(path, name))).size;
    }
    return { id, path, bytes, usedAt };
  } catch (error) {
    storageFault(error, path, "read");
    return null;
  }
}
