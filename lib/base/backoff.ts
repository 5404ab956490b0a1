import type { Random } from "./random.ts";

/** How long to wait between attempts; all times in milliseconds. */
export interface BackoffPlan {
  readonly first: number;
  readonly most: number;
}

/**
 * Exponential back-off with jitter: the delay doubles from `first` to `most`, and each is spread
 * over its upper half, so that the clients of a server that restarts do not all come back at once.
 */
export class Backoff {
  #failures = 0;

  constructor(readonly plan: BackoffPlan, readonly random: Random) {}

  /** The delay before the next attempt, in milliseconds. */
  next(): number {
    const full = Math.min(this.plan.most, this.plan.first * 2 ** Math.min(this.#failures, 30));
    this.#failures += 1;
    return Math.round(full * (0.5 + 0.5 * this.random()));
  }

  /** An attempt worked: start over from `first`. */
  reset(): void {
    this.#failures = 0;
  }
}
