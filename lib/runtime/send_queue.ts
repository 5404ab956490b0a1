import { LIMITS } from "../base/limits.ts";
import { encodeText, type LineEnd } from "../wire/text.ts";

/** Where a {@link SendQueue} writes: the part of a connection that it needs. */
export interface ByteSink {
  /** Writes some of `bytes`, at least one; resolves to how many. */
  write(bytes: Uint8Array): Promise<number>;
}

/** What a {@link SendQueue} tells. */
export interface SendQueueOwner {
  /** A write took so many lines out of the process. Left out, they are not counted. */
  readonly written?: (lines: number) => void;
  /** A write that {@link SendQueue.flush} began failed; nothing more is written. */
  broken(error: unknown): void;
}

/**
 * Lines on their way to one connection. What is sent in one turn goes out in one write; a
 * connection that does not read makes the queue full, and then it is the caller's to drop it.
 *
 * Writing is done by {@link flush}, or by a read loop that has nothing else to do meanwhile, with
 * {@link next} and {@link wrote}: a promise less for every request.
 */
export class SendQueue {
  /** Lines over `LIMITS.sendPiece`, and what was queued before them: encoded piece by piece. */
  readonly #large: string[] = [];
  /** Where in the first of them the next piece begins. */
  #at = 0;
  /** What is left of them, in UTF-16 units. */
  #largeLeft = 0;
  #waiting = "";
  #lines = 0;
  /** Lines of the write that is under way. */
  #linesInFlight = 0;
  #rest: Uint8Array | null = null;
  #busySince = 0;
  #writing = false;
  #drained: PromiseWithResolvers<void> | null = null;

  constructor(
    readonly sink: ByteSink,
    readonly end: LineEnd,
    readonly now: () => number,
    readonly owner: SendQueueOwner,
  ) {}

  /** What waits, in UTF-16 units before and in bytes after encoding: a bound, not an account. */
  get size(): number {
    return this.#largeLeft + this.#waiting.length + (this.#rest?.length ?? 0);
  }

  /** Whether nothing waits or is being written. */
  get idle(): boolean {
    return !this.#writing && this.#empty;
  }

  /** Whether somebody writes: then what was added follows by itself. */
  get writing(): boolean {
    return this.#writing;
  }

  /**
   * Takes a line to send at the next {@link flush}; false where the queue is full. A single line
   * of any length is taken by an empty queue: a directory's reply is as long as the directory.
   */
  add(line: string): boolean {
    if (this.size > 0 && this.size + line.length > LIMITS.sendQueueBytes) return false;
    if (line.length > LIMITS.sendPiece) {
      if (this.#waiting !== "") this.#large.push(this.#waiting);
      // The line itself, not a copy: a directory's reply is one string for all who ask.
      this.#large.push(line);
      this.#largeLeft += this.#waiting.length + line.length;
      this.#waiting = this.end;
    } else {
      this.#waiting += line + this.end;
    }
    this.#lines += 1;
    return true;
  }

  /** Begins to write what waits, unless that is being done. */
  flush(): void {
    if (!this.#writing && !this.#empty) this.#run();
  }

  /** Resolves when nothing waits any more, or the connection is broken. */
  drained(): Promise<void> {
    if (!this.#writing) return DONE;
    this.#drained ??= Promise.withResolvers();
    return this.#drained.promise;
  }

  /**
   * The bytes to write next; null where there are none, and then nobody writes any more. After
   * each, {@link wrote} says what became of them, or {@link giveUp} that nothing will.
   */
  next(): Uint8Array | null {
    if (this.#rest !== null) return this.#rest;
    if (this.#empty) {
      this.#stop();
      return null;
    }
    this.#writing = true;
    this.#busySince = this.now();
    if (this.#large.length > 0) return this.#rest = encodeText(this.#nextPiece());
    this.#rest = encodeText(this.#waiting);
    this.#linesInFlight = this.#lines;
    this.#waiting = "";
    this.#lines = 0;
    return this.#rest;
  }

  /** So many of the bytes of {@link next} have left. */
  wrote(count: number): void {
    const rest = this.#rest;
    if (rest === null) return;
    if (count < rest.length) {
      this.#rest = rest.subarray(count);
      this.#busySince = this.now();
      return;
    }
    this.#rest = null;
    const lines = this.#linesInFlight;
    this.#linesInFlight = 0;
    if (lines > 0) this.owner.written?.(lines);
  }

  /** The connection is broken: what waits is dropped, and nobody waits for it any more. */
  giveUp(): void {
    this.#rest = null;
    this.#large.length = 0;
    this.#largeLeft = 0;
    this.#at = 0;
    this.#waiting = "";
    this.#stop();
  }

  /** Whether a write has made no progress for `limit` milliseconds. */
  stalled(now: number, limit: number = LIMITS.sendStall): boolean {
    return this.#rest !== null && now - this.#busySince >= limit;
  }

  get #empty(): boolean {
    return this.#waiting === "" && this.#large.length === 0;
  }

  /** The next part of the first large text, not cut within a character. */
  #nextPiece(): string {
    const text = this.#large[0]!;
    let end = this.#at + LIMITS.sendPiece;
    const unit = text.charCodeAt(end - 1);
    if (unit >= 0xd800 && unit < 0xdc00) end += 1;
    const piece = text.slice(this.#at, end);
    this.#largeLeft -= piece.length;
    this.#at = end;
    if (end >= text.length) {
      this.#large.shift();
      this.#at = 0;
    }
    return piece;
  }

  async #run(): Promise<void> {
    try {
      for (let bytes = this.next(); bytes !== null; bytes = this.next()) {
        this.wrote(await this.sink.write(bytes));
      }
    } catch (error) {
      this.giveUp();
      this.owner.broken(error);
    }
  }

  #stop(): void {
    this.#writing = false;
    this.#drained?.resolve();
    this.#drained = null;
  }
}

const DONE = Promise.resolve();
