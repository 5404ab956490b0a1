/**
 * The bounds of the probe (`docs/doctor.md`) on the wire: value with its unit and the reason.
 */
export const PROBE_WIRE = {
  /** The least port that is tried: below it are services that are nobody's peer. */
  leastPort: 1024,
  /** UDP ports of one request: a peer has two, and one to spare. */
  udpPorts: 3,
  /** Hexadecimal digits of a token: 64 bits, which nobody guesses within the seconds of a probe. */
  tokenDigits: 16,
  /**
   * Characters of padding in a request that names ports, so that it brings more bytes than it
   * causes, headers included: a connection made and ended (80 + 3 × 72 bytes; refused or unanswered
   * it is less), 3 datagrams (3 × (49 + 48)), and the reply (200).
   */
  padCharacters: 800,
} as const;
