import { LIMITS } from "../base/limits.ts";
import { KIB, SECOND } from "../base/units.ts";

/**
 * Every cap of the peer's machine of calls: value with its unit, the reason, and where it comes
 * from. A number that is not from `protocols/call.md` is this project's decision and says why.
 */
export const CALL_LIMITS = {
  /** Interval of a repeated `convite`. `protocols/call.md`. */
  inviteInterval: SECOND / 2,
  /** Time for an invitation to be answered. `protocols/call.md`. */
  inviteTime: 30 * SECOND,
  /** Time without any packet after which the other side is lost. `protocols/call.md`. */
  silence: 5 * SECOND,
  /** How often `encerrar_ligação` is sent. `protocols/call.md`. */
  farewells: 3,
  /** Time between them: longer than a burst of losses, short enough for the program's end. */
  farewellInterval: SECOND / 5,
  /** Calls that are said goodbye to at once; the oldest has been told at least once. */
  farewellsAtOnce: 16,

  /** Bytes of a signalling datagram: a `convite` with the longest names takes 1.5 KiB. */
  signallingBytes: 4 * KIB,
  /**
   * Calls that ended and are remembered, about 500 bytes each: late packets of theirs do nothing. As
   * many are remembered that never came to be: who makes them up pushes out others of their kind.
   */
  endedCalls: 256,
  /** Time for which they are: twice as long as an invitation is repeated. */
  endedCallTime: 60 * SECOND,

  /**
   * Rings, a second and at once: nobody is called more often than every five seconds. Invitations
   * above that are not answered at all, so that a true one, which is repeated, may still get through.
   */
  rings: { rate: 0.2, burst: 5 },
  /** Time for the registry to say whose address a caller's is; as in chat. It rings meanwhile. */
  verification: LIMITS.chatVerification,
  /**
   * Times as many bytes as a datagram has that may answer it: the address it came from may be forged
   * (RFC 9000, 8.1, has the same).
   */
  mostAmplification: 3,

  /** Questions to the registry that wait for their replies; more are refused to the person. */
  lookups: 64,
} as const;
