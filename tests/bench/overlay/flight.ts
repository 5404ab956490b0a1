/** What an origin is to do; times in milliseconds. */
export interface Load {
  /** Messages under way at a time. */
  readonly window: number;
  /** Before the measured time. */
  readonly warmUp: number;
  readonly measured: number;
}

/** What an origin counted in the measured time. */
export interface Count {
  readonly messages: number;
  readonly seconds: number;
  /** From sending to the answer, in microseconds; with more than one under way, empty. */
  readonly roundTrips: readonly number[];
}

/**
 * The load of a chain, the same for every kind of it: keeps a number of messages under way and
 * counts their answers. What is answered in one turn is sent anew in one turn.
 */
export class Flight {
  #flying = false;
  #underWay = 0;
  /** Answered and not yet sent anew. */
  #due = 0;
  #answered = 0;
  #sentAt = 0;
  #roundTrips: number[] | null = null;
  #landed: () => void = () => {};

  /** @param send sends so many messages */
  constructor(readonly send: (count: number) => void) {}

  /** So many messages were answered. */
  answered(count: number): void {
    this.#answered += count;
    this.#roundTrips?.push((performance.now() - this.#sentAt) * 1000);
    if (this.#due === 0) queueMicrotask(() => this.#sendDue());
    this.#due += count;
  }

  /**
   * Sends as the load says and resolves when every answer is there.
   *
   * @param told called when the measured time begins and when it ends
   */
  async run(load: Load, told: (phase: "begin" | "end") => void): Promise<Count> {
    this.#flying = true;
    this.#underWay = load.window;
    this.#due = load.window;
    this.#sendDue();
    await pause(load.warmUp);
    const roundTrips: number[] = [];
    if (load.window === 1) this.#roundTrips = roundTrips;
    told("begin");
    const begun = performance.now();
    const before = this.#answered;
    await pause(load.measured);
    const seconds = (performance.now() - begun) / 1000;
    const messages = this.#answered - before;
    told("end");
    this.#roundTrips = null;
    this.#flying = false;
    await new Promise<void>((resolve) => this.#landed = resolve);
    return { messages, seconds, roundTrips };
  }

  #sendDue(): void {
    const count = this.#due;
    this.#due = 0;
    if (this.#flying) {
      this.#sentAt = performance.now();
      this.send(count);
      return;
    }
    this.#underWay -= count;
    if (this.#underWay === 0) this.#landed();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
