import { MEDIA_LIMITS } from "./limits.ts";

/**
 * How long packets should wait before they are played, from how irregularly they came in the last
 * second. All times in milliseconds.
 *
 * A packet's *transit* is its arrival by the local clock less its timestamp by the sender's. The two
 * clocks have no common origin, so only differences count: the least transit of the window is the
 * path at its quickest (the *base*), and what lies above it is delay that playout must wait for. As
 * both clocks drift apart the base drifts along.
 */
export class DelayEstimator {
  readonly #transits = new Float64Array(MEDIA_LIMITS.delayWindow);
  #count = 0;
  #base = 0;
  #target: number = MEDIA_LIMITS.playoutDelay.least;

  /** The least transit of the window. */
  get base(): number {
    return this.#base;
  }

  /** How long a packet of the quickest path should wait until it is played. */
  get target(): number {
    return this.#target;
  }

  /** Whether a transit is so far from those before that the sender's clock must have jumped. */
  jumped(transit: number): boolean {
    return this.#count > 0 && Math.abs(transit - this.#base) > MEDIA_LIMITS.transitJump;
  }

  /** Takes a packet's transit. */
  add(transit: number): void {
    this.#transits[this.#count % this.#transits.length] = transit;
    this.#count += 1;
    const sorted = this.#transits.slice(0, Math.min(this.#count, this.#transits.length)).sort();
    this.#base = sorted[0]!;
    const slowest = sorted[Math.ceil(sorted.length * MEDIA_LIMITS.inTime) - 1]!;
    const { least, most } = MEDIA_LIMITS.playoutDelay;
    const wanted = slowest - this.#base + MEDIA_LIMITS.repairDelay;
    this.#target = Math.min(most, Math.max(least, wanted));
  }

  /** Forgets everything: another source, or another clock. */
  reset(): void {
    this.#count = 0;
    this.#base = 0;
    this.#target = MEDIA_LIMITS.playoutDelay.least;
  }
}
