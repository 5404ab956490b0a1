import type { Awaitable } from "../base/awaitable.ts";

/**
 * Where a registration stands: its service (a system's word of its own), a group to list by (a
 * namespace, or empty) and an id that is unique in that group.
 */
export interface Place {
  readonly service: string;
  readonly group: string;
  readonly id: string;
}

/**
 * Who is online under one name of one service. The directory knows leases and opaque payloads,
 * never what the service does with them.
 */
export interface Registration extends Place {
  /** Who may replace it while it is live: equal owners take over, others are refused. */
  readonly owner: string;
  /** Which act of registering this is; only its holder renews or releases it. */
  readonly holder: string;
  /** The service's own data: a JSON value. */
  readonly payload: unknown;
  /** End of the lease, in milliseconds of the clock that is passed as `now`. */
  readonly expiresAt: number;
}

/**
 * What became of a claim. `full`: the store, or the owner's share of it, holds no more; what has run
 * out counts there until {@link DirectoryStore.expire} removes it.
 */
export type Claim =
  | { readonly outcome: "claimed" }
  | { readonly outcome: "replaced"; readonly previous: Registration }
  | { readonly outcome: "taken" }
  | { readonly outcome: "full" };

/** Which registrations of a service to list: all, a group's, or those of one owner in a group. */
export type ListFilter =
  | { readonly group?: undefined; readonly owner?: undefined }
  | { readonly group: string; readonly owner?: string };

/**
 * A directory of leases. Every implementation passes `tests/contract/store_contract.ts`.
 *
 * A registration whose `expiresAt` is not after `now` is gone for every operation, whether or not
 * {@link DirectoryStore.expire} has removed it yet.
 */
export interface DirectoryStore {
  /** Enters a registration, atomically: of two claims to one place by two owners, one wins. */
  claim(registration: Registration, now: number): Awaitable<Claim>;
  /** Moves the end of a lease; false where `holder` does not hold the place any more. */
  renew(place: Place, holder: string, expiresAt: number, now: number): Awaitable<boolean>;
  /** Removes a registration; false where `holder` does not hold the place any more. */
  release(place: Place, holder: string, now: number): Awaitable<boolean>;
  /** The live registration at a place, or null. */
  find(place: Place, now: number): Awaitable<Registration | null>;
  /**
   * The live registrations of a service, oldest first; one that was replaced is as old as its last
   * claim, and renewing does not change its place. The same array comes back while nothing
   * has changed, so that a caller can keep what it derived from it.
   */
  list(service: string, filter: ListFilter, now: number): Awaitable<readonly Registration[]>;
  /** Removes what has run out, and tells what that was. */
  expire(now: number): Awaitable<readonly Registration[]>;
}
