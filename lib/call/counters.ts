/** What the machine of calls counts, from zero at its start. */
export interface CallCounters {
  /** Datagrams that are neither signalling nor RTP, or that are too long or no message. */
  malformed: number;
  /** Datagrams about a call from an address that is not the call's: forged, or astray. */
  foreign: number;
  /** Datagrams of no call at all. */
  unasked: number;
  /** Invitations that were rejected because there was a call already. */
  busy: number;
  /** Invitations that did not ring, because too many had just done so. */
  flooded: number;
  /** Answers that were not given, because they are far longer than what asked for them. */
  withheld: number;
}

/** Counters, all zero. */
export function newCallCounters(): CallCounters {
  return { malformed: 0, foreign: 0, unasked: 0, busy: 0, flooded: 0, withheld: 0 };
}
