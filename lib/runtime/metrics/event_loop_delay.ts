import { monotonicNow } from "../clock.ts";

const PERIOD = 250;
/** A scrape each 15 s, which is usual, misses none of them. */
const KEPT = 60;

/** How late timers fire: what a request waits for before the server even looks at it. */
export class EventLoopDelay implements Disposable {
  readonly #delays = new Float64Array(KEPT);
  #next = 0;
  #last: number;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(readonly now: () => number = monotonicNow) {
    this.#last = now();
    this.#timer = setInterval(() => this.tick(), PERIOD);
  }

  /** The largest delay of the last 15 s, in milliseconds. */
  get largest(): number {
    return Math.max(...this.#delays);
  }

  /** A timer of {@link PERIOD} ms has fired. */
  tick(): void {
    const now = this.now();
    this.#delays[this.#next] = Math.max(0, now - this.#last - PERIOD);
    this.#next = (this.#next + 1) % KEPT;
    this.#last = now;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
