import { INPUT_LINE_CHARACTERS } from "./console.ts";

/**
 * Lines of a stream of bytes, one when it is asked for. What is not UTF-8 becomes U+FFFD; a line
 * that is too long is cut and the rest of it skipped, so that no more than the limit and one read
 * is held.
 */
export class PlainLines {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  // Left to it, it takes out more marks than the one at the beginning.
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #begun = false;
  #rest = "";
  #ended = false;

  /**
   * @param cut called when a line was cut
   * @param limit most UTF-16 units of a line
   */
  constructor(
    input: ReadableStream<Uint8Array>,
    readonly cut: () => void,
    readonly limit: number = INPUT_LINE_CHARACTERS,
  ) {
    this.#reader = input.getReader();
  }

  /** The next line without its terminator, or null at the end and after {@link close}. */
  async next(): Promise<string | null> {
    let line = "";
    let isCut = false;
    for (;;) {
      const end = this.#rest.indexOf("\n");
      const part = end < 0 ? this.#rest : this.#rest.slice(0, end);
      if (!isCut) line += part;
      this.#rest = end < 0 ? "" : this.#rest.slice(end + 1);
      // At the very end, a `\r` is half a terminator; behind a cut there is none of it left.
      if ((end >= 0 || this.#ended) && !isCut) line = line.replace(/\r$/, "");
      // A `\r` that may still belong to the terminator is not yet too long.
      const over = line.length > this.limit + (end < 0 && line.endsWith("\r") ? 1 : 0);
      if (over && !isCut) {
        isCut = true;
        line = line.slice(0, this.limit).replace(/[\ud800-\udbff]$/, "");
        this.cut();
      }
      if (end >= 0) return line;
      if (this.#ended) return line === "" ? null : line;
      await this.#fill();
    }
  }

  /** Reads no more. */
  async close(): Promise<void> {
    this.#rest = "";
    this.#ended = true;
    await this.#reader.cancel().catch(() => {});
  }

  async #fill(): Promise<void> {
    try {
      const { value, done } = await this.#reader.read();
      this.#ended = done;
      const text = this.#decoder.decode(value, { stream: !done });
      this.#rest = this.#begun ? text : text.replace(/^\ufeff/, "");
      this.#begun ||= text !== "";
    } catch {
      this.#ended = true; // An input that fails has ended.
    }
  }
}
