import type { LibraryStatus } from "../../../music/library_status.ts";
import { digestFile } from "./file_digests.ts";
import { sameStamp, stampFrom } from "./file_stamp.ts";
import type { IndexEntry } from "./index_entry.ts";
import { LIBRARY_LIMITS } from "./limits.ts";
import { openPlainFile } from "./plain_file.ts";
import { storageFault } from "./storage_fault.ts";
import { readTags } from "./tags.ts";
import type { FoundFile } from "./walk.ts";

/** What came of reading a file. `changed`: it was not the same all the time, and is to be read again. */
export type Reading = IndexEntry | "changed" | "unreadable" | "ended";

/** A file whose turn comes. */
interface Job {
  readonly found: FoundFile;
  readonly signal: AbortSignal;
  readonly done: (reading: Reading) => void;
}

/** How far the reading is. */
type Progress = LibraryStatus & { readonly kind: "reading" };

/** Reads files for their digests and tags, a few at once, in the background. */
export class ReadingQueue {
  readonly #jobs: Job[] = [];
  #next = 0;
  #running = 0;
  #idle = Promise.withResolvers<void>();
  #progress = { doneFiles: 0, files: 0, doneBytes: 0, bytes: 0 };
  #begunAt = 0;
  #toldAt = 0;

  /**
   * @param report told a few times a second how far it is, where it takes that long
   * @param bug told what nobody expects
   */
  constructor(
    readonly report: (progress: Progress) => void,
    readonly bug: (error: unknown) => void,
  ) {
    this.#idle.resolve();
  }

  /** Resolves when nothing is to be read. */
  get idle(): Promise<void> {
    return this.#idle.promise;
  }

  /** A file's turn comes; `signal` takes it out again, with the outcome `ended`. */
  read(found: FoundFile, signal: AbortSignal): Promise<Reading> {
    const { promise, resolve } = Promise.withResolvers<Reading>();
    if (this.#running === 0) {
      this.#idle = Promise.withResolvers<void>();
      this.#progress = { doneFiles: 0, files: 0, doneBytes: 0, bytes: 0 };
      this.#begunAt = this.#toldAt = performance.now();
    }
    this.#jobs.push({ found, signal, done: resolve });
    this.#progress.files += 1;
    this.#progress.bytes += found.stamp.size;
    if (this.#running < LIBRARY_LIMITS.readers) {
      this.#running += 1;
      this.#work().catch(this.bug);
    }
    return promise;
  }

  async #work(): Promise<void> {
    for (let job = this.#take(); job !== null; job = this.#take()) {
      const { found, signal } = job;
      let counted = 0;
      let reading: Reading = "unreadable";
      try {
        reading = await readFile(found, signal, (bytes) => {
          counted += bytes;
          this.#tell(bytes);
        });
      } catch (error) {
        this.bug(error);
      }
      this.#progress.doneFiles += 1;
      this.#tell(found.stamp.size - counted);
      job.done(reading);
    }
    this.#running -= 1;
    if (this.#running > 0) return;
    // Who saw how far it is sees that it is done.
    if (this.#toldAt > this.#begunAt) this.report({ kind: "reading", ...this.#progress });
    this.#idle.resolve();
  }

  #take(): Job | null {
    const job = this.#jobs[this.#next];
    if (job === undefined) return null;
    this.#next += 1;
    if (this.#next === this.#jobs.length) {
      this.#jobs.length = 0;
      this.#next = 0;
    }
    return job;
  }

  #tell(bytes: number): void {
    this.#progress.doneBytes += bytes;
    const now = performance.now();
    if (now - this.#toldAt < LIBRARY_LIMITS.progressInterval) return;
    this.#toldAt = now;
    this.report({ kind: "reading", ...this.#progress });
  }
}

async function readFile(
  { path, stamp }: FoundFile,
  signal: AbortSignal,
  progress: (bytes: number) => void,
): Promise<Reading> {
  if (signal.aborted) return "ended";
  const opened = await openPlainFile(path);
  if (opened.kind === "fault") return opened.fault.why === "not_found" ? "changed" : "unreadable";
  using file = opened.file;
  if (!sameStamp(opened.stamp, stamp)) return "changed";
  try {
    const content = await digestFile(file, stamp.size, signal, progress);
    if (signal.aborted) return "ended";
    const tags = await readTags(file, stamp.size);
    const same = sameStamp(stampFrom(await file.stat()), stamp);
    return content !== null && same ? { path, stamp, content, tags } : "changed";
  } catch (error) {
    // Only what is the disk's fault: anything else is thrown on.
    storageFault(error, path, "read");
    return "unreadable";
  }
}
