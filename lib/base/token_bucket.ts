/** How much may pass: tokens a second, and how many at once. */
export interface Rate {
  readonly rate: number;
  readonly burst: number;
}

/** A token bucket: `burst` at once, `rate` a second on average. Times in milliseconds. */
export class TokenBucket {
  #tokens: number;
  #at = -Infinity;

  constructor(readonly limit: Rate) {
    this.#tokens = limit.burst;
  }

  /** Takes a token; false where there is none. */
  take(now: number): boolean {
    if (now > this.#at) {
      const filled = this.#tokens + (now - this.#at) * this.limit.rate / 1000;
      this.#tokens = Math.min(this.limit.burst, filled);
      this.#at = now;
    }
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Gives back a token that was taken. */
  refund(): void {
    this.#tokens = Math.min(this.limit.burst, this.#tokens + 1);
  }

  /** When there will be a token, after a `take` at `now` found none. */
  readyAt(now: number): number {
    return now + Math.max(1, Math.ceil((1 - this.#tokens) * 1000 / this.limit.rate));
  }
}
