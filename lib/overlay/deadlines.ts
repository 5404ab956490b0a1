/** Something that is to happen at a time, until it is cancelled. */
export interface Deadline {
  readonly at: number;
  /** Breaks ties: what was set first runs first. */
  readonly order: number;
  /** Null once it ran or was cancelled. */
  run: ((now: number) => void) | null;
}

/** Below this size, cancelled deadlines are left to come up by themselves. */
const COMPACT_FROM = 64;

/**
 * Everything of one machine that waits for a time, in a binary heap. Setting costs O(log n), asking
 * for the next O(1), cancelling O(1) on average: cancelled deadlines stay in the heap until they
 * come up or outnumber the others.
 */
export class Deadlines {
  #heap: Deadline[] = [];
  #cancelled = 0;
  #order = 0;

  /** Runs `run` at the first {@link runDue} from `at` on. */
  set(at: number, run: (now: number) => void): Deadline {
    const deadline = { at, order: this.#order++, run };
    this.#heap.push(deadline);
    this.#rise(this.#heap.length - 1);
    return deadline;
  }

  /** Makes a deadline not happen; harmless where it already did. */
  cancel(deadline: Deadline | null): void {
    if (deadline === null || deadline.run === null) return;
    deadline.run = null;
    this.#cancelled += 1;
    if (this.#cancelled * 2 > this.#heap.length && this.#heap.length > COMPACT_FROM) {
      this.#heap = this.#heap.filter((kept) => kept.run !== null);
      for (let at = (this.#heap.length >> 1) - 1; at >= 0; at -= 1) this.#sink(at);
      this.#cancelled = 0;
    }
  }

  /** The time of the earliest deadline, or null where there is none. */
  next(): number | null {
    while (this.#heap.length > 0 && this.#heap[0]!.run === null) {
      this.#pop();
      this.#cancelled -= 1;
    }
    return this.#heap[0]?.at ?? null;
  }

  /** Runs everything that is due, earliest first. */
  runDue(now: number): void {
    for (let at = this.next(); at !== null && at <= now; at = this.next()) {
      const deadline = this.#pop();
      const run = deadline.run!;
      deadline.run = null;
      run(now);
    }
  }

  #pop(): Deadline {
    const first = this.#heap[0]!;
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #rise(at: number): void {
    const heap = this.#heap;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap[at]!, heap[parent]!)) return;
      [heap[parent], heap[at]] = [heap[at]!, heap[parent]!];
      at = parent;
    }
  }

  #sink(at: number): void {
    const heap = this.#heap;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && isBefore(heap[child]!, heap[least]!)) least = child;
      }
      if (least === at) return;
      [heap[least], heap[at]] = [heap[at]!, heap[least]!];
      at = least;
    }
  }
}

function isBefore(one: Deadline, other: Deadline): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
