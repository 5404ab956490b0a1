import { MINUTE, SECOND } from "../base/units.ts";

/** The caps of the call registry: value with its unit, the reason, and where it comes from. */
export const CALL_REGISTRY_LIMITS = {
  /**
   * A lease of a name. The open connection keeps it alive, so that it ends by itself only where a
   * server stops that shares its store with others.
   */
  lease: 60 * SECOND,
  /** How often a lease is renewed: two renewals may fail. */
  renewal: 20 * SECOND,
  /** Time for which a connection may ask without having a name: a person thinks of another one. */
  nameless: 5 * MINUTE,
} as const;
