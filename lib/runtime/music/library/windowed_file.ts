import { fill } from "./file_digests.ts";

/** How much of a file is looked at, and how. */
export interface WindowPlan {
  /** Bytes of a window. */
  readonly window: number;
  /** Bytes that may be asked for in questions longer than a window. */
  readonly most: number;
  /** Questions that a window answers before it is read again: others have their turn then. */
  readonly reads: number;
  /** When to give up, in the time of `performance.now()`. */
  readonly deadline: number;
}

/** The tags of a file are not worth what reading them takes. */
export class TagReadingError extends Error {
  override readonly name = "TagReadingError";
}

/**
 * An open file as a `Blob`, for a reader that jumps about in it and asks for a few bytes at a time.
 * It holds one window of the file. Only what such a reader uses is there: `size` and `slice`.
 */
export class WindowedFile extends Blob {
  #window = new Uint8Array(0);
  #start = 0;
  #reads = 0;
  #long = 0;

  constructor(readonly file: Deno.FsFile, readonly length: number, readonly plan: WindowPlan) {
    super();
  }

  override get size(): number {
    return this.length;
  }

  override slice(start = 0, end = this.length): Blob {
    return new FileSlice(() => this.#read(start, Math.min(end, this.length)));
  }

  async #read(start: number, end: number): Promise<ArrayBuffer> {
    const length = Math.max(0, end - start);
    if (performance.now() > this.plan.deadline) throw new TagReadingError("takes too long");
    if (length > this.plan.window) this.#long += length;
    if (this.#long > this.plan.most) throw new TagReadingError("is too long");
    this.#reads += 1;
    const at = start - this.#start;
    const inside = at >= 0 && at + length <= this.#window.length;
    if (!inside || this.#reads > this.plan.reads) {
      this.#window = await this.#fetch(start, Math.max(length, this.plan.window));
      this.#start = start;
      this.#reads = 0;
    }
    const from = start - this.#start;
    return this.#window.slice(from, from + length).buffer;
  }

  async #fetch(start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const buffer = new Uint8Array(Math.min(length, Math.max(0, this.length - start)));
    await this.file.seek(start, Deno.SeekMode.Start);
    return buffer.subarray(0, await fill(this.file, buffer));
  }
}

/** A part of a {@link WindowedFile}, which is read when it is asked for. */
class FileSlice extends Blob {
  constructor(readonly read: () => Promise<ArrayBuffer>) {
    super();
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.read();
  }
}
