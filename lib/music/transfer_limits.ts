import { MINUTE, SECOND } from "../base/units.ts";

/**
 * Every cap and time of the transfer: value with its unit, the reason, and where it comes from. A
 * number that is not from `protocols/music.md` is this project's decision and says why.
 */
export const TRANSFER_LIMITS = {
  /** Streams of a source at once: more would make each too slow to listen to. */
  streams: 16,
  /** Of these, to one address: a second listener at home, and one that began anew. */
  streamsPerIp: 4,
  /**
   * Listeners that have asked and not answered yet, about 300 bytes each: a flood of forged GETs,
   * 10,000 a second, leaves a true one 25 ms to answer, and longer where it comes from few addresses.
   */
  unprovenStreams: 256,
  /** Of these, at one address: it pushes out its own, not those of others. */
  unprovenPerIp: 16,
  /**
   * Pings of 15 bytes sent to an address before its first acknowledgement, one more for each GET
   * that is repeated: with the GET_OK less than three times what a GET has.
   */
  firstFlight: 3,
  /**
   * Times as many bytes as a GET has that may go to an address that has not proved itself
   * (RFC 9000, 8.1).
   */
  mostAmplification: 3,
  /** Time for that acknowledgement: a few round trips of the longest path. */
  proofTime: 3 * SECOND,
  /** Time without any acknowledgement after which a listener is gone. */
  listenerSilence: 4 * SECOND,
  /** Time after which a listener that pauses gives its place to others; it may come back. */
  longestPause: 5 * MINUTE,
  /** A source that has nothing to send says so this often: it is still there. */
  pingInterval: SECOND / 2,
  /** Pieces of 256 KiB that a source holds for a stream, 8 MiB: 25 MB/s over 320 ms. */
  heldPieces: 32,
  /** Pieces that a source reads before they are needed. */
  readAhead: 3,

  /** Packets under way or not yet accounted for: 8 MiB are 7,200. A power of two. */
  packetsUnderWay: 16_384,
  /** Packets at the beginning of a stream's window (RFC 6928 has 10; these are paced). */
  firstWindow: 32,
  /** Packets in the smallest window. */
  leastWindow: 4,
  /** Packets that pacing always lets go at once: fewer, and every one would need a timer. */
  leastBurst: 3,
  /** Packets sent at once: the receive buffer of a socket holds about 92. */
  burst: 16,
  /** Packets that pacing may catch up with after a timer that was late. */
  mostBurst: 52,
  /** Round trips over which the highest rate of delivery counts. */
  rateRounds: 8,
  /** Shortest round, in milliseconds: in less, acknowledgements every 5 ms make rates jump. */
  leastRound: 10,
  /** Time after which the least round trip is measured anew. */
  roundTripAge: 10 * SECOND,
  /** How long the window is small to measure it. */
  roundTripProbe: SECOND / 5,
  /** Round trip that is assumed before one was measured. */
  firstRoundTrip: SECOND / 4,
  /** Least and most time before a probe where acknowledgements stay away. */
  probeTimeout: { least: 20, most: 2 * SECOND },
  /** Least time that a packet may be late behind later ones before it counts as lost. */
  leastReordering: 2,

  /** Packets that a listener acknowledges together at the most. `measured.md`. */
  ackPackets: 32,
  /** Most time before an acknowledgement, in milliseconds. `measured.md`. */
  ackDelay: 5,
  /** The same for the first packets of a stream, for its window to grow fast. */
  firstAckPackets: 4,
  /** A listener to whom nothing comes says that it is there this often. */
  heartbeat: SECOND / 2,
  /** Pieces of 256 KiB under way to a listener, with what waits to be stored: 8 MiB of memory. */
  windowPieces: 32,
  /** Time for an answer before a GET is repeated; each time twice as long. */
  getInterval: SECOND / 4,
  /** How often a GET is sent before its source counts as gone. */
  getAttempts: 4,
  /** Time without any packet after which a source is gone. */
  sourceSilence: 4 * SECOND,
  /** How often a source is asked for one file, where it was silent or busy. */
  sourceAttempts: 3,
  /** Pause before the same source is asked again. */
  sourcePause: 1 * SECOND,
  /** Sources that are known for one file; who has more than these needs no others. */
  sources: 64,
  /** Files that are fetched at once. */
  receptions: 16,

  /** Time over which the rate of a transfer is shown. */
  rateTime: 1 * SECOND,
} as const;
