import { FRAME_MS } from "../../media/frame.ts";
import { monotonicNow } from "../clock.ts";

/** A clock and what wakes by it, both in milliseconds. */
export interface PacerClock {
  /** A time that never goes back. */
  now(): number;
  /** Calls back after `delay`, and returns what takes that back. */
  wake(callback: () => void, delay: number): () => void;
}

/** The clock of the product. */
export const SYSTEM_PACER_CLOCK: PacerClock = {
  now: monotonicNow,
  wake(callback, delay) {
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  },
};

/** Ticks that are made up for after a stall; those before them are left out. */
const CAUGHT_UP = 3;

/**
 * Calls back every 20 ms without drift: tick `n` at `start + n × 20 ms`, or as soon after it as the
 * program can. After a stall the last few ticks follow at once and the older ones never come, so
 * that whoever counts sees a jump of `n`.
 */
export class Pacer implements Disposable {
  readonly start: number;
  #next: number;
  #stop: () => void = () => {};
  #disposed = false;

  /**
   * @param tick is told which tick it is
   * @param first number of the first tick, 0 being now
   */
  constructor(
    readonly tick: (n: number) => void,
    first = 0,
    readonly clock: PacerClock = SYSTEM_PACER_CLOCK,
  ) {
    this.start = clock.now();
    this.#next = first;
    this.#schedule();
  }

  /** No tick comes any more. */
  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#stop();
  }

  #schedule(): void {
    if (this.#disposed) return;
    const due = this.start + this.#next * FRAME_MS;
    this.#stop = this.clock.wake(() => this.#woken(), Math.max(0, due - this.clock.now()));
  }

  #woken(): void {
    // A timer may come a little early; then nothing is due yet.
    const last = Math.floor((this.clock.now() - this.start) / FRAME_MS);
    this.#next = Math.max(this.#next, last - CAUGHT_UP + 1);
    while (this.#next <= last && !this.#disposed) this.tick(this.#next++);
    this.#schedule();
  }
}
