import type { ReadFault } from "../../../music/library_status.ts";
import { fill } from "./file_digests.ts";
import { type FileStamp, sameStamp, stampFrom } from "./file_stamp.ts";
import { storageFault } from "./storage_fault.ts";

/** What came of reading. */
export type ReadOutcome =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "fault"; readonly fault: ReadFault };

/**
 * A shared file that is open to be read from. It never gives bytes of a file that is not what it was
 * when its digest was taken. One that was replaced by another goes on being read as it was.
 */
export class SharedReader implements Disposable {
  /** One question at a time: the file has one position. */
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(
    readonly path: string,
    readonly file: Deno.FsFile,
    readonly stamp: FileStamp,
    readonly changed: () => void,
  ) {}

  /** Bytes of the file. */
  get size(): number {
    return this.stamp.size;
  }

  /** `length` bytes from `offset` on, fewer only at the end of the file. */
  read(offset: number, length: number): Promise<ReadOutcome> {
    const outcome = this.#turn.then(() => this.#read(offset, length));
    this.#turn = outcome.catch(() => {});
    return outcome;
  }

  /** Closes the file; what is being read then is `changed`. Calling it twice is harmless. */
  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    this.file.close();
  }

  async #read(offset: number, length: number): Promise<ReadOutcome> {
    const { path, file } = this;
    if (this.#closed) return { kind: "fault", fault: { why: "changed", path } };
    try {
      const wanted = Math.max(0, Math.min(length, this.size - offset));
      const bytes = new Uint8Array(wanted);
      await file.seek(offset, Deno.SeekMode.Start);
      const count = await fill(file, bytes);
      // Looked at afterwards: a change before it shows, and one behind it has done no harm.
      if (count === wanted && sameStamp(stampFrom(await file.stat()), this.stamp)) {
        return { kind: "bytes", bytes };
      }
    } catch (error) {
      if (!this.#closed) {
        return { kind: "fault", fault: storageFault(error, path, "read") };
      }
    }
    this.changed();
    return { kind: "fault", fault: { why: "changed", path } };
  }
}
