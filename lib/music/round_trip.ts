import { TRANSFER_LIMITS } from "./transfer_limits.ts";

/** How long packets and their acknowledgements take (RFC 9002, section 5). Milliseconds. */
export class RoundTrip {
  #smoothed = TRANSFER_LIMITS.firstRoundTrip as number;
  #variation = TRANSFER_LIMITS.firstRoundTrip / 2;
  #least = Infinity;
  #leastAt = 0;
  #latest = TRANSFER_LIMITS.firstRoundTrip as number;
  #known = false;

  /** Whether one has been measured. */
  get known(): boolean {
    return this.#known;
  }

  /** The usual one. */
  get smoothed(): number {
    return this.#smoothed;
  }

  /** How far from it they usually are. */
  get variation(): number {
    return this.#variation;
  }

  /** The last one. */
  get latest(): number {
    return this.#latest;
  }

  /** The least: what the path takes where nothing waits; a guess before the first measurement. */
  get least(): number {
    return this.#known ? this.#least : TRANSFER_LIMITS.firstRoundTrip;
  }

  /** When the least was last seen, or nearly. */
  get leastAt(): number {
    return this.#leastAt;
  }

  /** How long to wait for an acknowledgement that should have come (RFC 9002, 6.2.1). */
  get probeTimeout(): number {
    const { least, most } = TRANSFER_LIMITS.probeTimeout;
    const time = this.#smoothed + 4 * this.#variation + 2 * TRANSFER_LIMITS.ackDelay;
    return Math.min(most, Math.max(least, time));
  }

  /** Takes a measurement, the listener's delay already left out. */
  add(sample: number, now: number): void {
    this.#latest = sample;
    // Nearly the least is as good: the path still is what it was.
    if (sample <= this.#least * 1.05 + 0.2) this.#leastAt = now;
    this.#least = Math.min(this.#least, sample);
    if (!this.#known) {
      this.#known = true;
      this.#smoothed = sample;
      this.#variation = sample / 2;
      return;
    }
    this.#variation += (Math.abs(sample - this.#smoothed) - this.#variation) / 4;
    this.#smoothed += (sample - this.#smoothed) / 8;
  }

  /** Lets the least be forgotten: `sample` was measured with little under way. */
  renewLeast(sample: number, now: number): void {
    this.#least = sample;
    this.#leastAt = now;
  }
}
