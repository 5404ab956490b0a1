import type { Awaitable } from "../../base/awaitable.ts";
import type {
  Claim,
  DirectoryStore,
  ListFilter,
  Place,
  Registration,
} from "../../directory/store.ts";
import { type StoreCondition, StoreCounts } from "./store_counts.ts";

/** A store whose operations are counted, by service and outcome. */
export class CountedStore implements DirectoryStore {
  readonly #services = new Map<string, StoreCounts>();
  readonly #condition: StoreCondition = { failing: false };
  /** Mostly the same service is asked for again, and then nothing has to be looked up. */
  #lastService: string | null = null;
  #lastCounts = new StoreCounts(this.#condition);
  /** Sweeps that the store threw at. */
  sweepsFailed = 0;

  constructor(readonly store: DirectoryStore) {}

  /** By service, as many as were ever asked for: a few, which the server's code names. */
  get services(): ReadonlyMap<string, StoreCounts> {
    return this.#services;
  }

  /** Whether the last operation that ended was thrown at. */
  get failing(): boolean {
    return this.#condition.failing;
  }

  claim(registration: Registration, now: number): Awaitable<Claim> {
    const { onClaim, onError } = this.#countsOf(registration.service);
    try {
      return settle(this.store.claim(registration, now), onClaim, onError);
    } catch (error) {
      return onError(error);
    }
  }

  renew(place: Place, holder: string, expiresAt: number, now: number): Awaitable<boolean> {
    const { onRenew, onError } = this.#countsOf(place.service);
    try {
      return settle(this.store.renew(place, holder, expiresAt, now), onRenew, onError);
    } catch (error) {
      return onError(error);
    }
  }

  release(place: Place, holder: string, now: number): Awaitable<boolean> {
    const { onRelease, onError } = this.#countsOf(place.service);
    try {
      return settle(this.store.release(place, holder, now), onRelease, onError);
    } catch (error) {
      return onError(error);
    }
  }

  find(place: Place, now: number): Awaitable<Registration | null> {
    const { onFind, onError } = this.#countsOf(place.service);
    try {
      return settle(this.store.find(place, now), onFind, onError);
    } catch (error) {
      return onError(error);
    }
  }

  list(service: string, filter: ListFilter, now: number): Awaitable<readonly Registration[]> {
    const { onList, onError } = this.#countsOf(service);
    try {
      return settle(this.store.list(service, filter, now), onList, onError);
    } catch (error) {
      return onError(error);
    }
  }

  expire(now: number): Awaitable<readonly Registration[]> {
    try {
      return settle(this.store.expire(now), this.#onExpire, this.#onSweepError);
    } catch (error) {
      return this.#onSweepError(error);
    }
  }

  #countsOf(service: string): StoreCounts {
    if (service === this.#lastService) return this.#lastCounts;
    let counts = this.#services.get(service);
    if (counts === undefined) {
      this.#services.set(service, counts = new StoreCounts(this.#condition));
    }
    this.#lastService = service;
    return this.#lastCounts = counts;
  }

  readonly #onExpire = (ended: readonly Registration[]): readonly Registration[] => {
    this.#condition.failing = false;
    for (const { service } of ended) this.#countsOf(service).ended += 1;
    return ended;
  };

  readonly #onSweepError = (error: unknown): never => {
    this.#condition.failing = true;
    this.sweepsFailed += 1;
    throw error;
  };
}

/** Counts a result now or when it is there. */
function settle<T>(
  result: Awaitable<T>,
  count: (result: T) => T,
  fail: (error: unknown) => never,
): Awaitable<T> {
  return result instanceof Promise ? result.then(count, fail) : count(result);
}
