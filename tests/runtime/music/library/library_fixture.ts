import assert from "node:assert/strict";
import type { LibraryStatus } from "../../../../lib/music/library_status.ts";
import type { CatalogueFile } from "../../../../lib/protocol/music.ts";
import { MusicLibrary } from "../../../../lib/runtime/music/library/music_library.ts";
import type { FolderTimes } from "../../../../lib/runtime/music/library/shared_folder.ts";
import { until } from "../../line_client.ts";

/** Times at which a test need not wait: files are never too young. */
const TIMES: FolderTimes = { settle: 0, watchDelay: 5, pollInterval: 20 };

/** A library with all that it told. */
export class TriedLibrary implements AsyncDisposable {
  readonly told: LibraryStatus[] = [];
  readonly bugs: unknown[] = [];
  changes = 0;
  library!: MusicLibrary;

  static async open(
    indexFolder: string | null = null,
    times: Partial<FolderTimes> = {},
  ): Promise<TriedLibrary> {
    const tried = new TriedLibrary();
    tried.library = await MusicLibrary.open(indexFolder, {
      report: (status) => tried.told.push(status),
      changed: () => tried.changes += 1,
      bug: (error) => tried.bugs.push(error),
    }, { ...TIMES, ...times });
    return tried;
  }

  /** Shares a folder and waits until all of it has been read. */
  async share(path: string): Promise<this> {
    const outcome = await this.library.share(path);
    assert.equal(outcome.kind, "shared");
    await this.settled();
    return this;
  }

  /** Nothing is being looked at or read. */
  async settled(): Promise<void> {
    await until(() => this.library.folders().every(({ reading }) => !reading), "all read");
  }

  /** Names of what others can have, in order. */
  get names(): string[] {
    return this.library.files().map(({ name }) => name).sort();
  }

  /** The file of a name. */
  file(name: string): CatalogueFile {
    return this.library.files().find((file) => file.name === name)!;
  }

  /** Waits until others can have just these files. */
  async has(...names: readonly string[]): Promise<void> {
    const wanted = [...names].sort().join();
    await until(() => this.names.join() === wanted, wanted);
  }

  kinds(): string[] {
    return this.told.map(({ kind }) => kind);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.library[Symbol.asyncDispose]();
    assert.deepEqual(this.bugs, []);
  }
}
