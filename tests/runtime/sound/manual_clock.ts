import type { PacerClock } from "../../../lib/runtime/sound/pacer.ts";

/** A clock that goes on only when a test says so. */
export class ManualClock implements PacerClock {
  #now: number;
  #wakes: { readonly at: number; readonly callback: () => void }[] = [];

  constructor(start = 0) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;

  wake(callback: () => void, delay: number): () => void {
    const wake = { at: this.#now + delay, callback };
    this.#wakes.push(wake);
    return () => this.#wakes = this.#wakes.filter((other) => other !== wake);
  }

  /** How many wait to be woken. */
  get waiting(): number {
    return this.#wakes.length;
  }

  /** Goes on to `time`, waking each at its own time. */
  to(time: number): void {
    while (true) {
      const next = this.#wakes.toSorted((one, other) => one.at - other.at)[0];
      if (next === undefined || next.at > time) break;
      this.#now = Math.max(this.#now, next.at);
      this.#wakes = this.#wakes.filter((wake) => wake !== next);
      next.callback();
    }
    this.#now = time;
  }

  /** Is suddenly at `time`, as for a program that was held up: then wakes who should have been. */
  jump(time: number): void {
    this.#now = time;
    this.to(time);
  }
}
