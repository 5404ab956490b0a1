import { LIMITS } from "../base/limits.ts";
import { type LineEnd } from "../wire/text.ts";

/** Where a {@link SendQueue} writes: the part of a connection that it needs. */
export interface ByteSink {
  /** Writes some of `bytes`, at least one; resolves to how many. */
  write(bytes: Uint8Array): Promise<number>;
}

const encoder = new TextEncoder();

/**
 * Lines on their way to one connection. What is sent in one turn goes out in one write; a
 * connection that does not read makes the queue full, and then it is the caller's to drop it.
 */
export class SendQueue {
  #waiting = "";
  #lines = 0;
  #inFlight = 0;
  #busySince = 0;
  #pump: Promise<void> | null = null;

  /**
   * @param written called with the number of lines that a write took out of the process
   */
  constructor(
    readonly sink: ByteSink,
    readonly end: LineEnd,
    readonly now: () => number,
    readonly written: ((lines: number) => void) | null = null,
  ) {}

  /** What waits, in UTF-16 units before and in bytes after encoding: a bound, not an account. */
  get size(): number {
    return this.#waiting.length + this.#inFlight;
  }

  /** Whether nothing waits or is being written. */
  get idle(): boolean {
    return this.#pump === null && this.#waiting === "";
  }

  /**
   * Takes a line to send at the next {@link flush}; false where the queue is full. A single line
   * of any length is taken by an empty queue: a directory's reply is as long as the directory.
   */
  add(line: string): boolean {
    if (this.size > 0 && this.size + line.length > LIMITS.sendQueueBytes) return false;
    this.#waiting += line + this.end;
    this.#lines += 1;
    return true;
  }

  /**
   * Writes what waits. Resolves when the queue is empty, rejects when the connection is broken.
   */
  flush(): Promise<void> {
    if (this.#pump !== null) return this.#pump;
    if (this.#waiting === "") return DONE;
    this.#pump = this.#run().finally(() => this.#pump = null);
    return this.#pump;
  }

  /** Whether a write has made no progress for `limit` milliseconds. */
  stalled(now: number, limit: number = LIMITS.sendStall): boolean {
    return this.#inFlight > 0 && now - this.#busySince >= limit;
  }

  async #run(): Promise<void> {
    while (this.#waiting !== "") {
      let bytes = encoder.encode(this.#waiting);
      const lines = this.#lines;
      this.#waiting = "";
      this.#lines = 0;
      this.#busySince = this.now();
      while (bytes.length > 0) {
        this.#inFlight = bytes.length;
        const count = await this.sink.write(bytes);
        if (count === bytes.length) break;
        bytes = bytes.subarray(count);
        this.#busySince = this.now();
      }
      this.#inFlight = 0;
      this.written?.(lines);
    }
  }
}

const DONE = Promise.resolve();
