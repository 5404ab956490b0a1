/**
 * A pure machine: everything that decides. It owns no socket, clock, timer or randomness; the loop
 * in `lib/runtime` gives it inputs and carries out what it answers. So do the tests, the fuzzers
 * and the simulated network.
 */
export interface Machine<Input, Effect> {
  /**
   * Takes one input and answers with what to do, in order.
   *
   * @param now monotonic time in milliseconds, never less than at the call before
   */
  handle(input: Input, now: number): readonly Effect[];

  /** When the machine wants a `wake` input at the latest, in the same time, or null for never. */
  wakeAt(): number | null;
}

/** The time that a machine asked for has come. */
export interface Wake {
  readonly kind: "wake";
}
