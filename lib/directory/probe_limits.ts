import { SECOND } from "../base/units.ts";

/** The caps of the probe: value with its unit and the reason. */
export const PROBE_LIMITS = {
  /** Time for the connection to the asker: a SYN, and the one that repeats it after a second. */
  connect: 3 * SECOND,
  /** Probes a second for one address: a class of ten behind one NAT at once, or one a second. */
  perAddress: { rate: 1, burst: 20 },
  /**
   * Probes a second for all: with those that wait for a connection, at most 40 + 3 × 10 at once,
   * which are two descriptors each.
   */
  all: { rate: 10, burst: 40 },
  /** Addresses that are remembered for their rate; more are refused until some are forgotten. */
  addresses: 4096,
} as const;
