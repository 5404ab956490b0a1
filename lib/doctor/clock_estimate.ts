/** How far another machine's clock is ahead of ours, in milliseconds. */
export interface ClockEstimate {
  readonly ahead: number;
  /** The truth is at the most this far from `ahead`: half of the round trip. */
  readonly uncertainty: number;
}

/**
 * The difference of two clocks from one question, as NTP does it (RFC 5905, 8): the other machine
 * read its clock somewhere between our sending and receiving, so the middle is the best guess.
 *
 * @param received our wall clock when the answer came: milliseconds since 1970
 * @param roundTrip milliseconds from the question to the answer
 * @param theirs the other machine's wall clock, in between
 */
export function estimateClock(
  { received, roundTrip, theirs }: {
    readonly received: number;
    readonly roundTrip: number;
    readonly theirs: number;
  },
): ClockEstimate {
  return { ahead: theirs - (received - roundTrip / 2), uncertainty: roundTrip / 2 };
}
