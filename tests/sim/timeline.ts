import { EventQueue } from "./event_queue.ts";

/** Something that does its part when its time has come. */
export interface Actor {
  /** @param now milliseconds of virtual time */
  fire(now: number): void;
}

/** Virtual time: it jumps from one event to the next and never waits. */
export class Timeline {
  readonly #queue = new EventQueue<Actor>();
  #now = 0;
  #fired = 0;

  /** Milliseconds of virtual time since the beginning. */
  get now(): number {
    return this.#now;
  }

  /** How many events there have been. */
  get fired(): number {
    return this.#fired;
  }

  /** Lets `actor` fire at `at`, or now where that is past. What was asked first fires first. */
  at(at: number, actor: Actor): void {
    this.#queue.push(at > this.#now ? at : this.#now, actor);
  }

  /** Calls `action` after `delay` milliseconds. */
  after(delay: number, action: (now: number) => void): void {
    this.at(this.#now + delay, { fire: action });
  }

  /** Lets everything up to and including `until` happen. */
  runUntil(until: number): void {
    while (this.#queue.nextAt <= until) this.#step();
    this.#now = Math.max(this.#now, until);
  }

  /** Lets `duration` milliseconds pass. */
  run(duration: number): void {
    this.runUntil(this.#now + duration);
  }

  /**
   * Lets time pass until `condition` holds, asked after each event.
   *
   * @returns whether it came to hold within `most` milliseconds
   */
  runUntilTrue(condition: () => boolean, most: number): boolean {
    const end = this.#now + most;
    while (!condition()) {
      if (this.#queue.nextAt > end) {
        this.#now = end;
        return false;
      }
      this.#step();
    }
    return true;
  }

  #step(): void {
    this.#now = this.#queue.nextAt;
    this.#fired += 1;
    this.#queue.pop()!.fire(this.#now);
  }
}
