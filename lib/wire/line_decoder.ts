import { LIMITS } from "../base/limits.ts";

/** What a {@link LineDecoder} finds in a stream of bytes. */
export type WireLine =
  /** `unended` where the stream ended before the line did: there may have been more of it. */
  | { readonly kind: "line"; readonly bytes: Uint8Array; readonly unended?: true }
  | { readonly kind: "too_long"; readonly limit: number };

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const NOTHING = new Uint8Array(0);

/**
 * Cuts a stream of bytes into lines that end in `\n` or `\r\n`.
 *
 * The limit counts bytes without the terminator. An over-long line is reported once, as soon as it
 * is known to be over-long, and skipped to its end, so that no more than the limit and one read is
 * ever held. A `\r` that is not before a `\n` belongs to the line, except at the very end of the
 * stream, where it is half a terminator.
 */
export class LineDecoder {
  #held: Uint8Array = NOTHING;
  #heldLength = 0;
  #skipping = false;
  #chunk: Uint8Array = NOTHING;
  #at = 0;

  /** @param limit most bytes of a line, terminator not counted */
  constructor(readonly limit: number = LIMITS.jsonLineBytes) {}

  /** Bytes of an unfinished line that are held. */
  get held(): number {
    return this.#heldLength;
  }

  /**
   * Gives the decoder the next bytes of the stream. {@link next} has to be called until it answers
   * null before the buffer of `chunk` is used again.
   */
  feed(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#at = 0;
  }

  /**
   * The next line that the bytes complete, or null. The bytes of a line may be a view of the chunk
   * and are valid as long as that is.
   */
  next(): WireLine | null {
    const chunk = this.#chunk;
    while (this.#at < chunk.length) {
      const start = this.#at;
      const end = chunk.indexOf(NEWLINE, start);
      if (end < 0) {
        this.#at = chunk.length;
        return this.#hold(chunk.subarray(start)) ? this.#tooLong() : null;
      }
      this.#at = end + 1;
      if (this.#skipping) {
        this.#skipping = false;
        continue;
      }
      if (this.#heldLength > 0) return this.#completed(chunk.subarray(start, end));
      const stop = end > start && chunk[end - 1] === RETURN ? end - 1 : end;
      if (stop - start > this.limit) return this.#tooLong();
      return { kind: "line", bytes: chunk.subarray(start, stop) };
    }
    return null;
  }

  /** {@link feed} and {@link next} in one: the lines that `chunk` completes, in order. */
  *push(chunk: Uint8Array): Generator<WireLine, void, undefined> {
    this.feed(chunk);
    for (let line = this.next(); line !== null; line = this.next()) yield line;
  }

  /** The stream ended: what is held is the last line, or null where nothing is. */
  finish(): WireLine | null {
    if (this.#heldLength === 0) return null;
    const held = this.#held.subarray(0, this.#heldLength);
    this.#release();
    const line = this.#asLine(held);
    return line.kind === "line" && held[held.length - 1] !== RETURN
      ? { ...line, unended: true }
      : line;
  }

  /** Keeps the start of a line; true where that makes it over-long for the first time. */
  #hold(part: Uint8Array): boolean {
    if (this.#skipping) return false;
    const length = this.#heldLength + part.length;
    const last = part[part.length - 1];
    // One byte more is not too long while it can still be the `\r` of the terminator.
    if (length > this.limit + 1 || (length === this.limit + 1 && last !== RETURN)) {
      this.#release();
      this.#skipping = true;
      return true;
    }
    if (this.#held.length < length) {
      const grown = new Uint8Array(
        Math.min(this.limit + 1, Math.max(length, 2 * this.#heldLength)),
      );
      grown.set(this.#held.subarray(0, this.#heldLength));
      this.#held = grown;
    }
    this.#held.set(part, this.#heldLength);
    this.#heldLength = length;
    return false;
  }

  /** The line whose start is held and whose end is `part`. */
  #completed(part: Uint8Array): WireLine {
    const whole = new Uint8Array(this.#heldLength + part.length);
    whole.set(this.#held.subarray(0, this.#heldLength));
    whole.set(part, this.#heldLength);
    this.#release();
    return this.#asLine(whole);
  }

  #asLine(bytes: Uint8Array): WireLine {
    const line = withoutReturn(bytes);
    return line.length > this.limit ? this.#tooLong() : { kind: "line", bytes: line };
  }

  #tooLong(): WireLine {
    return { kind: "too_long", limit: this.limit };
  }

  #release(): void {
    this.#held = NOTHING;
    this.#heldLength = 0;
  }
}

function withoutReturn(line: Uint8Array): Uint8Array {
  return line.length > 0 && line[line.length - 1] === RETURN
    ? line.subarray(0, line.length - 1)
    : line;
}
