import { SECOND } from "../../lib/base/units.ts";

/** How often people do something and how long it takes: means of exponential times, milliseconds. */
export interface Pace {
  /** Of everybody in the beginning, for each person: nobody starts 200 programs at once. */
  readonly arrival: number;
  /** From coming to leaving, and from leaving to coming back. */
  readonly session: number;
  readonly away: number;
  /** Between two conversations, and between two messages of one. */
  readonly conversation: number;
  readonly message: number;
  /** Between two messages to one person of the overlay, and between two to all. */
  readonly unicast: number;
  readonly broadcast: number;
  /** Between two calls, until the phone is picked up, and how long is talked. */
  readonly call: number;
  readonly ringing: number;
  readonly talk: number;
  /** Between two songs that are heard or fetched. */
  readonly song: number;
}

/**
 * People in a hurry: each stays for little more than a minute. 200 of them join two or three times a
 * second and have some ten calls and as many conversations at a time. That is one of two cores; the
 * overlay takes most of it, because everything that is sent to all passes each of 1,600 links.
 */
export const STEADY: Pace = {
  arrival: SECOND / 20,
  session: 75 * SECOND,
  away: 4 * SECOND,
  conversation: 15 * SECOND,
  message: SECOND / 2,
  unicast: 150 * SECOND,
  broadcast: 300 * SECOND,
  call: 100 * SECOND,
  ringing: 1 * SECOND,
  talk: 6 * SECOND,
  song: 80 * SECOND,
};

/** So much that twenty people do some of everything in a few seconds. */
export const HASTY: Pace = {
  arrival: SECOND / 20,
  session: 5 * SECOND,
  away: SECOND / 2,
  conversation: 1 * SECOND,
  message: SECOND / 20,
  unicast: 2 * SECOND,
  broadcast: 4 * SECOND,
  call: 5 * SECOND,
  ringing: SECOND / 5,
  talk: 1 * SECOND,
  song: 4 * SECOND,
};
