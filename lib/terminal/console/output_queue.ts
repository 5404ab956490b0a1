import { LIMITS } from "../../base/limits.ts";

/**
 * Lines that wait to be shown, at most `limit` bytes of them. When they are too many the newest
 * are dropped, and where they are missing a sentence says how many.
 */
export class OutputQueue {
  #lines: QueuedLine[] = [];
  #bytes = 0;
  #dropped = 0;
  /** How many lines were ever queued, and how many of them have left. */
  #queued = 0;
  #left = 0;
  #taken = 0;
  #waiting: { readonly until: number; readonly resolve: () => void }[] = [];
  #closed = false;

  constructor(
    readonly linesNotShown: (count: number) => string,
    readonly limit: number = LIMITS.outputBytes,
  ) {}

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  /** Queues one line, without its terminator. */
  push(line: string): void {
    if (this.#closed) return;
    // Once lines were dropped, half the room must be free again: one gap instead of hundreds.
    const room = this.#dropped === 0 ? this.limit : this.limit / 2;
    const queued = { line, bytes: encoder.encode(line).length };
    if (this.#bytes + queued.bytes > room) {
      this.#dropped += 1;
      return;
    }
    this.#tellDropped();
    this.#add(queued);
  }

  /**
   * Takes about `most` bytes of lines, at least one line, in order; `release` says that they left.
   * Only one batch can be out at a time.
   */
  take(most: number): string[] {
    let count = 0;
    let bytes = 0;
    while (count < this.#lines.length && (count === 0 || bytes < most)) {
      bytes += this.#lines[count]!.bytes;
      count += 1;
    }
    const batch = this.#lines.splice(0, count);
    this.#bytes -= bytes;
    this.#taken = count;
    if (this.isEmpty) this.#tellDropped();
    return batch.map(({ line }) => line);
  }

  /** The batch that was taken has left. */
  release(): void {
    this.#left += this.#taken;
    this.#taken = 0;
    this.#wake();
  }

  /** Nobody reads any more: what waits is dropped, and so is all that follows. */
  close(): void {
    this.#closed = true;
    this.#lines = [];
    this.#bytes = 0;
    this.#left = this.#queued;
    this.#wake();
  }

  /** Resolves when all that was queued so far has left or was dropped. */
  drained(): Promise<void> {
    if (this.#left >= this.#queued) return Promise.resolve();
    const until = this.#queued;
    return new Promise((resolve) => this.#waiting.push({ until, resolve }));
  }

  #add(queued: QueuedLine): void {
    this.#lines.push(queued);
    this.#bytes += queued.bytes;
    this.#queued += 1;
  }

  #tellDropped(): void {
    if (this.#dropped === 0) return;
    const count = this.#dropped;
    this.#dropped = 0;
    const line = this.linesNotShown(count);
    this.#add({ line, bytes: encoder.encode(line).length });
  }

  #wake(): void {
    while (this.#waiting.length > 0 && this.#waiting[0]!.until <= this.#left) {
      this.#waiting.shift()!.resolve();
    }
  }
}

interface QueuedLine {
  readonly line: string;
  readonly bytes: number;
}

const encoder = new TextEncoder();
