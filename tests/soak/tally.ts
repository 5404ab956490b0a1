/** How often each thing happened. */
export type Counts = Readonly<Record<string, number>>;

/** Counts what happens, by stable words: never by names of people or by texts. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(what: string, times = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + times);
  }

  /** All counts so far. */
  get counts(): Counts {
    return Object.fromEntries(this.#counts);
  }
}

/** Several tallies as one, in the order of their words. */
export function total(all: readonly Counts[]): Counts {
  const sum = new Tally();
  for (const counts of all) {
    for (const [what, times] of Object.entries(counts)) sum.add(what, times);
  }
  return Object.fromEntries(
    Object.entries(sum.counts).sort(([one], [other]) => one < other ? -1 : 1),
  );
}
