/** The clock of every machine in the product: monotonic, in milliseconds. */
export function monotonicNow(): number {
  return performance.now();
}

/**
 * A clock that is read once for all that happens at one moment: what one return of the event loop
 * brings, up to the end of its microtasks. Reading it is a call out of the engine.
 */
export class TurnClock {
  #at: number | null = null;
  readonly #forget = () => this.#at = null;

  constructor(readonly source: () => number) {}

  /** The time in milliseconds. */
  readonly now = (): number => {
    if (this.#at === null) {
      this.#at = this.source();
      queueMicrotask(this.#forget);
    }
    return this.#at;
  };
}
