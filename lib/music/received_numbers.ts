import { type AckRange, MOST_ACK_RANGES } from "../protocol/music/transfer_packets.ts";

/**
 * The numbers of the packets that came, as ranges for acknowledgements. Only the newest ranges are
 * kept: what is older counts as known.
 */
export class ReceivedNumbers {
  /** Ends of the ranges, the lowest first. */
  readonly #lows: number[] = [];
  readonly #highs: number[] = [];
  #count = 0;

  /** The highest number that came, 0 for none. */
  get highest(): number {
    return this.#highs.at(-1) ?? 0;
  }

  /** How many different ones came. */
  get count(): number {
    return this.#count;
  }

  /** Share of the numbers up to the highest that did not come, 0–1. */
  get missing(): number {
    const highest = this.highest;
    return highest === 0 ? 0 : Math.max(0, 1 - this.#count / highest);
  }

  /** Takes a number; says whether it is new. */
  add(number: number): boolean {
    const last = this.#highs.length - 1;
    if (last >= 0 && number === this.#highs[last]! + 1) {
      this.#highs[last] = number;
      this.#count += 1;
      return true;
    }
    let at = last;
    while (at >= 0 && this.#lows[at]! > number) at -= 1;
    if (at >= 0 && number <= this.#highs[at]!) return false;
    // Older than all that is kept, where some have been forgotten: maybe known, maybe not.
    if (at < 0 && this.#lows.length === MOST_ACK_RANGES) return false;
    this.#insert(at + 1, number);
    this.#count += 1;
    return true;
  }

  /** The ranges, the highest first. */
  ranges(): AckRange[] {
    const ranges: AckRange[] = [];
    for (let at = this.#lows.length - 1; at >= 0; at--) {
      ranges.push({ low: this.#lows[at]!, high: this.#highs[at]! });
    }
    return ranges;
  }

  /** Puts a number before the range `at`, and joins what it touches. */
  #insert(at: number, number: number): void {
    const touchesBelow = at > 0 && this.#highs[at - 1] === number - 1;
    const touchesAbove = at < this.#lows.length && this.#lows[at] === number + 1;
    if (touchesBelow && touchesAbove) {
      this.#highs[at - 1] = this.#highs[at]!;
      this.#lows.splice(at, 1);
      this.#highs.splice(at, 1);
    } else if (touchesBelow) {
      this.#highs[at - 1] = number;
    } else if (touchesAbove) {
      this.#lows[at] = number;
    } else {
      this.#lows.splice(at, 0, number);
      this.#highs.splice(at, 0, number);
      if (this.#lows.length > MOST_ACK_RANGES) {
        this.#lows.shift();
        this.#highs.shift();
      }
    }
  }
}
