/** Lines that were entered and not yet read: a queue between the keyboard and its one reader. */
export class LineQueue implements AsyncIterable<string> {
  #lines: string[] = [];
  #wake: (() => void) | null = null;
  #ended = false;

  /** @param taken called after each line that was taken out */
  constructor(readonly taken: () => void = () => {}) {}

  get length(): number {
    return this.#lines.length;
  }

  get ended(): boolean {
    return this.#ended;
  }

  push(line: string): void {
    if (this.#ended) return;
    this.#lines.push(line);
    this.#wake?.();
  }

  /** No more lines: the reader gets those that wait and then the end. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string, void, undefined> {
    for (;;) {
      const line = this.#lines.shift();
      if (line !== undefined) {
        this.taken();
        yield line;
      } else if (this.#ended) {
        return;
      } else {
        await new Promise<void>((resolve) => this.#wake = resolve);
      }
    }
  }
}
