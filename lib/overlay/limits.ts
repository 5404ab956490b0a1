import { KIB, MIB, MINUTE, SECOND } from "../base/units.ts";

/**
 * Every cap of the overlay: value with its unit, the reason, and where it comes from. A number that
 * is not from `protocols/overlay.md` is this project's decision and says why.
 */
export const OVERLAY_LIMITS = {
  /** Time from a connection to HELLO and HELLO_OK. `protocols/overlay.md`. */
  handshake: 10 * SECOND,
  /** Interval of PING. `protocols/overlay.md`. */
  ping: 30 * SECOND,
  /** First PING of a link: a round trip is wanted early, to choose between routes and to show. */
  firstPing: 1 * SECOND,
  /** PINGs without PONG after which a neighbour is gone. `protocols/overlay.md`. */
  unansweredPings: 3,
  /** Time that a person waits for `/ping` or `/metrics`: three of the slowest round trips. */
  answer: 5 * SECOND,
  /** Answers to `/ping` and `/metrics` awaited at once; more are refused to the person. */
  questions: 64,

  /** Time for which a message seen is remembered. `protocols/overlay.md`. */
  seen: 10 * MINUTE,
  /** Parts that the memory of messages seen is forgotten in: it overlaps by a third of its time. */
  seenGenerations: 4,
  /**
   * Messages remembered, at 50 bytes each: 8 MB. A neighbour at its full quota for ten minutes
   * (120,000 messages) does not push out what others sent.
   */
  seenMessages: 160_000,

  /** Age at which a route ends. `protocols/overlay.md`. */
  route: 5 * MINUTE,
  /** Next hops kept for a destination: one in use and others for when it fails. */
  routesPerDestination: 4,
  /** Destinations with routes; the oldest goes. */
  routeDestinations: 4096,

  /** Time for a WHO_HAS to be answered. `protocols/overlay.md`. */
  whoHas: 3 * SECOND,
  /** Destinations looked for at once. */
  searches: 256,
  /** Messages of one neighbour that may wait for a route; more fail with `busy`. */
  heldPerNeighbour: 16,
  /** Answers to one WHO_HAS that are passed back: enough to choose from. */
  hitsPassedBack: 8,
  /** Time for which the way back of a WHO_HAS is known: its search and the slowest answer. */
  whoHasPath: 10 * SECOND,
  /** Ways back of WHO_HAS kept: 200 a second of eight neighbours for their time. */
  whoHasPaths: 16_384,

  /** Time without ACK after which a SEND is sent again. `protocols/overlay.md`. */
  retransmission: 5 * SECOND,
  /** How often a SEND is sent again. `protocols/overlay.md`. */
  retransmissions: 2,
  /** Other routes tried at once, besides the retransmissions, when one fails. */
  reroutes: 8,
  /** Own messages under way; more are refused to the person. */
  deliveries: 1024,
  /** Time for which a relay knows the way back of a SEND: all its retransmissions, four times. */
  sendPath: 60 * SECOND,
  /** Ways back of SEND kept: a neighbour at its full quota for their time, twice. */
  sendPaths: 32_768,
  /**
   * A SEND that is seen again sooner came by two ways and is a duplicate; later, and not
   * acknowledged, it is a retransmission. Half of the least time between two retransmissions.
   */
  retransmissionGap: 2500,

  /** Messages that wait for one neighbour. `protocols/overlay.md`. */
  queueMessages: 256,
  /** Bytes that wait for one neighbour. `protocols/overlay.md`. */
  queueBytes: 1 * MIB,
  /** Lines handed to a link and not yet written: enough for full throughput, quick to revoke. */
  windowLines: 64,
  /** Characters of those lines. */
  windowCharacters: 128 * KIB,
  /** What a neighbour may send: messages a second, and at once. `protocols/overlay.md`. */
  quota: { rate: 200, burst: 400 },
  /** What a neighbour is sent: below its quota, so that a burst of ours waits instead of dropping. */
  pace: { rate: 180, burst: 300 },
  /** Least time between two `over_quota` to the same neighbour. */
  quotaNotice: 1 * SECOND,

  /** Neighbours that are connected to. `protocols/overlay.md`. */
  outbound: 8,
  /** Neighbours that are accepted. `protocols/overlay.md`. */
  inbound: 64,
  /** Back-off of connecting to a peer again. */
  redial: { first: 1 * SECOND, most: 60 * SECOND },
  /** Time for which a neighbour that said BYE is not connected to by itself: it had a reason. */
  afterBye: 5 * MINUTE,
  /** Peers whose failed connections are remembered. */
  redials: 256,
  /** Peers that a person asked to be connected to and that are kept connected. */
  wanted: 64,
  /** Random picks per free place when the list of peers is long. */
  picksPerPlace: 8,

  /** Interval of DISCOVER. `protocols/overlay.md`. */
  discover: 30 * SECOND,
  /** Back-off of a rendezvous that does not answer. */
  rendezvousRetry: { first: 1 * SECOND, most: 30 * SECOND },
  /** Time for BYE_OK and UNREGISTER before the end comes anyway. */
  farewell: 2 * SECOND,
} as const;
