import type { Claim, Registration } from "../../directory/store.ts";

/** Whether the last operation of a store that ended was thrown at. */
export interface StoreCondition {
  failing: boolean;
}

/**
 * What was asked of the directory for one service, by outcome: integers that are only added to.
 * Each `on…` counts one result and hands it on; they are made once, so that counting makes nothing.
 */
export class StoreCounts {
  claimed = 0;
  replaced = 0;
  taken = 0;
  full = 0;
  renewed = 0;
  notRenewed = 0;
  released = 0;
  notReleased = 0;
  found = 0;
  notFound = 0;
  listed = 0;
  /** Leases that ran out. */
  ended = 0;
  /** Operations that the store threw at. */
  failed = 0;

  constructor(readonly condition: StoreCondition) {}

  readonly onClaim = (claim: Claim): Claim => {
    this.condition.failing = false;
    this[claim.outcome] += 1;
    return claim;
  };

  readonly onRenew = (kept: boolean): boolean => {
    this.condition.failing = false;
    if (kept) this.renewed += 1;
    else this.notRenewed += 1;
    return kept;
  };

  readonly onRelease = (released: boolean): boolean => {
    this.condition.failing = false;
    if (released) this.released += 1;
    else this.notReleased += 1;
    return released;
  };

  readonly onFind = (found: Registration | null): Registration | null => {
    this.condition.failing = false;
    if (found === null) this.notFound += 1;
    else this.found += 1;
    return found;
  };

  readonly onList = (registrations: readonly Registration[]): readonly Registration[] => {
    this.condition.failing = false;
    this.listed += 1;
    return registrations;
  };

  readonly onError = (error: unknown): never => {
    this.condition.failing = true;
    this.failed += 1;
    throw error;
  };
}

/** The names under which outcomes are shown: the field, what was asked, what became of it. */
export const OUTCOMES = [
  ["claimed", "register", "new"],
  ["replaced", "register", "replaced"],
  ["taken", "register", "taken"],
  ["full", "register", "full"],
  ["renewed", "renew", "done"],
  ["notRenewed", "renew", "not_held"],
  ["released", "release", "done"],
  ["notReleased", "release", "not_held"],
  ["found", "lookup", "found"],
  ["notFound", "lookup", "not_found"],
  ["listed", "list", "done"],
] as const;
