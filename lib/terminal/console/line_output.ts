import { KIB } from "../../base/units.ts";
import { OutputQueue } from "./output_queue.ts";

const encoder = new TextEncoder();
/** Bytes in one write at most: a pipe holds 64 KiB. */
const BATCH_BYTES = 64 * KIB;

/**
 * Whole lines to a pipe, a file or a terminal that nobody types at. Whoever prints never waits:
 * what is printed in one turn is written together, and what does not fit in `LIMITS.outputBytes`
 * is dropped and counted.
 */
export class LineOutput {
  readonly #queue: OutputQueue;
  #scheduled = false;

  /**
   * @param write resolves when all bytes are written; rejects when nobody reads any more
   * @param notShown the sentence for so many dropped lines
   */
  constructor(
    readonly write: (bytes: Uint8Array) => Promise<void>,
    notShown: (count: number) => string,
  ) {
    this.#queue = new OutputQueue(notShown);
  }

  /** Writes a line, or several where it holds line breaks. */
  print(text: string): void {
    for (const line of text.split(/\r?\n/)) this.#queue.push(line);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => this.#drain(), 0);
  }

  /** Resolves when what was printed so far has left the process or was dropped. */
  drained(): Promise<void> {
    return this.#queue.drained();
  }

  /** Drops what waits and everything that is printed from now on. */
  close(): void {
    this.#queue.close();
  }

  async #drain(): Promise<void> {
    try {
      while (!this.#queue.isEmpty) {
        const lines = this.#queue.take(BATCH_BYTES).map((line) => line + "\n");
        await this.write(encoder.encode(lines.join("")));
        this.#queue.release();
      }
    } catch {
      // A broken pipe: whoever read has enough, and the program goes on without a reader.
      this.#queue.close();
    }
    this.#scheduled = false;
  }
}
