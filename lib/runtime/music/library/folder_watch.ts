import { basename, extname } from "node:path";
import { isAudioFileName } from "./audio_file_name.ts";

/**
 * Tells when something in a folder may have changed: by the system's word, or where it gives none
 * (too many folders, a network's disk), again and again.
 */
export class FolderWatch implements Disposable {
  #watcher: Deno.FsWatcher | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #ended = false;

  /**
   * @param pollInterval milliseconds
   * @param changed called as often as the system says so
   */
  constructor(
    readonly path: string,
    readonly pollInterval: number,
    readonly changed: () => void,
  ) {
    try {
      this.#watcher = Deno.watchFs(path);
      this.#follow(this.#watcher).then(() => this.#poll(), () => this.#poll());
    } catch {
      this.#poll();
    }
  }

  [Symbol.dispose](): void {
    this.#ended = true;
    clearInterval(this.#timer);
    try {
      this.#watcher?.close();
    } catch {
      // It has ended by itself.
    }
  }

  async #follow(watcher: Deno.FsWatcher): Promise<void> {
    for await (const event of watcher) if (concernsMusic(event)) this.changed();
  }

  #poll(): void {
    if (!this.#ended) this.#timer = setInterval(this.changed, this.pollInterval);
  }
}

/** Whether the music in a folder may be another after this. */
function concernsMusic({ kind, paths }: Deno.FsEvent): boolean {
  if (kind === "access") return false;
  if (kind !== "modify") return true;
  // Something else that grows; a folder has no ending as a rule, and is looked at rather too often.
  return paths.length === 0 ||
    paths.some((path) => extname(path) === "" || isAudioFileName(basename(path)));
}
