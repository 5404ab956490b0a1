/** Who waits for one of the things that are told. */
interface Waiting<T> {
  readonly wanted: (one: T) => boolean;
  readonly resolve: (one: T | null) => void;
}

/** Things that are told, for those who wait for one of them. Nothing is kept. */
export class Inbox<T> {
  readonly #waiting = new Set<Waiting<T>>();

  /** Hands one thing to all who wait for it. */
  take(one: T): void {
    for (const waiting of this.#waiting) if (waiting.wanted(one)) waiting.resolve(one);
  }

  /**
   * The next thing that is wanted; null where that takes longer than `patience` milliseconds, or
   * `signal` says that nobody waits any more.
   */
  next<Wanted extends T>(
    wanted: (one: T) => one is Wanted,
    patience: number,
    signal: AbortSignal,
  ): Promise<Wanted | null>;
  next(wanted: (one: T) => boolean, patience: number, signal: AbortSignal): Promise<T | null>;
  async next(
    wanted: (one: T) => boolean,
    patience: number,
    signal: AbortSignal,
  ): Promise<T | null> {
    if (signal.aborted) return null;
    const { promise, resolve } = Promise.withResolvers<T | null>();
    const waiting = { wanted, resolve };
    const giveUp = () => resolve(null);
    const timer = setTimeout(giveUp, patience);
    signal.addEventListener("abort", giveUp);
    this.#waiting.add(waiting);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
      this.#waiting.delete(waiting);
    }
  }
}
