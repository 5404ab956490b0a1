import type { LibraryStatus, ShareFault } from "../../music/library_status.ts";
import type { MusicReport } from "../../music/music_status.ts";
import type { MusicLibrary } from "./library/music_library.ts";

/** The folders that a person shares, and the cache, which is shared as well. */
export class MusicShares {
  /** The cache's real path, once it is shared. */
  #cache: string | null = null;

  constructor(readonly library: MusicLibrary) {}

  /** Shares what was played, for others to have it too. */
  async shareCache(path: string): Promise<void> {
    const shared = await this.library.share(path);
    if (shared.kind === "shared") this.#cache = shared.folder.path;
  }

  /** Whether a status is about the cache, of which the person was not told that it is shared. */
  isOurs(status: LibraryStatus): boolean {
    return status.kind === "folder_read" && status.folder.path === this.#cache;
  }

  /** What is shared. */
  report(): MusicReport {
    const folders = this.library.folders().filter(({ path }) => path !== this.#cache);
    return { kind: "shares", folders };
  }

  async share(path: string): Promise<MusicReport> {
    const outcome = await this.library.share(path);
    return outcome.kind === "fault" ? refused(outcome.fault) : this.report();
  }

  /** Shares a folder no more, or (null) none. */
  async unshare(path: string | null): Promise<MusicReport> {
    const shared = this.library.folders().filter((folder) => folder.path !== this.#cache);
    const paths = path === null ? shared.map((folder) => folder.path) : [path];
    for (const given of paths) {
      if (await this.library.unshare(given) === null) {
        return refused({ why: "not_shared", path: given });
      }
    }
    return this.report();
  }
}

function refused(fault: ShareFault): MusicReport {
  return { kind: "share_refused", fault };
}
