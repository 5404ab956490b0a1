/** How long and how much a {@link RotatingMap} remembers. */
export interface Memory {
  /** Milliseconds for which an entry is kept at the least, while there is room. */
  readonly lifetime: number;
  /** Entries at the most. */
  readonly capacity: number;
  /** Parts that are forgotten as a whole, at least 2. */
  readonly generations: number;
}

/**
 * A map with a bounded memory that forgets its oldest entries a generation at a time, so that
 * neither a timer nor a scan is needed. When it is full the oldest generation goes early.
 */
export class RotatingMap<Key, Value> {
  /** Newest first. */
  #generations: Map<Key, Value>[] = [new Map()];
  #startedAt = -Infinity;
  readonly #span: number;
  readonly #room: number;

  constructor(readonly memory: Memory) {
    this.#span = memory.lifetime / (memory.generations - 1);
    this.#room = Math.ceil(memory.capacity / memory.generations);
  }

  /** Entries held. */
  get size(): number {
    let size = 0;
    for (const generation of this.#generations) size += generation.size;
    return size;
  }

  get(key: Key, now: number): Value | undefined {
    this.#rotate(now);
    for (const generation of this.#generations) {
      const value = generation.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Enters a value as the newest. A key that is entered again may be held twice; the newest counts. */
  set(key: Key, value: Value, now: number): void {
    this.#rotate(now);
    if (this.#generations[0]!.size >= this.#room) this.#start(now);
    this.#generations[0]!.set(key, value);
  }

  /** Every entry, newest generation first. */
  *entries(): Generator<readonly [Key, Value], void, undefined> {
    for (const generation of this.#generations) yield* generation;
  }

  /** Begins the generations that are due; each began when the one before was full in time. */
  #rotate(now: number): void {
    const due = Math.floor((now - this.#startedAt) / this.#span);
    if (due < 1) return;
    if (due >= this.memory.generations) {
      this.#generations = [new Map()];
      this.#startedAt = now;
      return;
    }
    const aligned = this.#startedAt + due * this.#span;
    for (let begun = 0; begun < due; begun += 1) this.#start(aligned);
  }

  #start(now: number): void {
    this.#startedAt = now;
    this.#generations.unshift(new Map());
    if (this.#generations.length > this.memory.generations) this.#generations.pop();
  }
}
