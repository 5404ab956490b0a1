import { LIMITS } from "../base/limits.ts";

/** What a {@link LineDecoder} finds in a stream of bytes. */
export type WireLine =
  | { readonly kind: "line"; readonly bytes: Uint8Array }
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

  /** @param limit most bytes of a line, terminator not counted */
  constructor(readonly limit: number = LIMITS.jsonLineBytes) {}

  /** Bytes of an unfinished line that are held. */
  get held(): number {
    return this.#heldLength;
  }

  /**
   * The lines that `chunk` completes, in order. The bytes of a line are valid until the chunk's
   * buffer is used again: they may be a view of it.
   */
  *push(chunk: Uint8Array): Generator<WireLine, void, undefined> {
    let start = 0;
    while (start < chunk.length) {
      const end = chunk.indexOf(NEWLINE, start);
      if (end < 0) {
        const overflow = this.#hold(chunk.subarray(start));
        if (overflow) yield { kind: "too_long", limit: this.limit };
        return;
      }
      const part = chunk.subarray(start, end);
      start = end + 1;
      if (this.#skipping) {
        this.#skipping = false;
        continue;
      }
      const line = withoutReturn(this.#heldLength === 0 ? part : this.#join(part));
      this.#release();
      yield line.length > this.limit
        ? { kind: "too_long", limit: this.limit }
        : { kind: "line", bytes: line };
    }
  }

  /** The stream ended: what is held is the last line, or null where nothing is. */
  finish(): WireLine | null {
    if (this.#heldLength === 0) return null;
    const line = withoutReturn(this.#held.subarray(0, this.#heldLength));
    this.#release();
    return line.length > this.limit
      ? { kind: "too_long", limit: this.limit }
      : { kind: "line", bytes: line };
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

  #join(part: Uint8Array): Uint8Array {
    const whole = new Uint8Array(this.#heldLength + part.length);
    whole.set(this.#held.subarray(0, this.#heldLength));
    whole.set(part, this.#heldLength);
    return whole;
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
