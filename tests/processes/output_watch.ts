import { strict as assert } from "node:assert";

/** How long one condition is waited for, in milliseconds: generous, as it only costs when it fails. */
export const PATIENCE = 20_000;

/** Text that grows, and those who wait for something in it. */
export class OutputWatch {
  #text = "";
  #from = 0;
  #ended = false;
  #changed = Promise.withResolvers<void>();

  /** @param name whose output it is, for the error of a wait that fails */
  constructor(readonly name: string) {}

  /** All that came so far. */
  get text(): string {
    return this.#text;
  }

  add(text: string): void {
    this.#text += text;
    this.#change();
  }

  /** Nothing more will come. */
  end(): void {
    this.#ended = true;
    this.#change();
  }

  /**
   * Resolves with the match as soon as `wanted` is in what came after the last match of this
   * function.
   *
   * @throws {assert.AssertionError} with the output in it, when that takes too long or the output
   * ended before
   */
  async next(wanted: string | RegExp): Promise<RegExpExecArray> {
    const pattern = typeof wanted === "string" ? new RegExp(RegExp.escape(wanted)) : wanted;
    let patience = true;
    const timer = setTimeout(() => {
      patience = false;
      this.#change();
    }, PATIENCE);
    try {
      for (;;) {
        const found = pattern.exec(this.#text.slice(this.#from));
        if (found !== null) {
          this.#from += found.index + found[0].length;
          return found;
        }
        if (this.#ended || !patience) break;
        await this.#changed.promise;
      }
    } finally {
      clearTimeout(timer);
    }
    const after = JSON.stringify(this.#text.slice(0, this.#from).slice(-60));
    assert.fail(
      `${this.name}: waited for ${wanted} after ${after}${this.#ended ? ", it ended" : ""}\n` +
        this.#text,
    );
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

/** Resolves as `promise` does, or rejects when that takes too long. */
export async function inTime<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new assert.AssertionError({ message: what })), PATIENCE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
