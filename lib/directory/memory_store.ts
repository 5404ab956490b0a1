import { LIMITS } from "../base/limits.ts";
import type { Claim, DirectoryStore, ListFilter, Place, Registration } from "./store.ts";

/** A registration as it is held: its lease moves, the rest stays. */
type Held = { -readonly [Field in keyof Registration]: Registration[Field] };

/** A list that was asked for, good until the set changes or `until` comes. */
interface Listing {
  readonly registrations: readonly Registration[];
  readonly until: number;
}

/** How many registrations fit; see `LIMITS.records` and `LIMITS.recordsPerOwner`. */
export interface Capacity {
  readonly records: number;
  readonly recordsPerOwner: number;
}

/** The directory of one server in its memory. What it holds is gone with the process. */
export class MemoryStore implements DirectoryStore {
  readonly #places = new Map<string, Held>();
  /** Indexes by service, by group, and by owner in a group: sets of the same objects. */
  readonly #sets = new Map<string, Set<Held>>();
  /** How many registrations each owner has in a service. */
  readonly #owned = new Map<string, number>();
  readonly #listings = new Map<string, Listing>();
  /** No lease ends before this, so that most sweeps have nothing to look at. */
  #soonest = Infinity;

  constructor(readonly capacity: Capacity = LIMITS) {}

  /** How many registrations are held, live or not yet swept. */
  get size(): number {
    return this.#places.size;
  }

  claim(registration: Registration, now: number): Claim {
    const key = placeKey(registration);
    const present = this.#places.get(key);
    const live = present !== undefined && present.expiresAt > now ? present : null;
    if (live !== null && live.owner !== registration.owner) return { outcome: "taken" };
    if (!this.#hasRoomFor(registration, present)) return { outcome: "full" };
    if (present !== undefined) this.#remove(key, present);
    this.#insert(key, { ...registration });
    return live === null ? { outcome: "claimed" } : { outcome: "replaced", previous: live };
  }

  renew(place: Place, holder: string, expiresAt: number, now: number): boolean {
    const held = this.#held(place, holder, now);
    if (held === null) return false;
    // A lease that gets shorter can end before the lists that hold it were to be made anew.
    if (expiresAt < held.expiresAt) this.#forgetListings(held);
    held.expiresAt = expiresAt;
    this.#soonest = Math.min(this.#soonest, expiresAt);
    return true;
  }

  release(place: Place, holder: string, now: number): boolean {
    const held = this.#held(place, holder, now);
    if (held === null) return false;
    this.#remove(placeKey(place), held);
    return true;
  }

  find(place: Place, now: number): Registration | null {
    const held = this.#places.get(placeKey(place));
    return held !== undefined && held.expiresAt > now ? held : null;
  }

  list(service: string, filter: ListFilter, now: number): readonly Registration[] {
    const key = setKey(service, filter);
    const known = this.#listings.get(key);
    if (known !== undefined && now < known.until) return known.registrations;
    const set = this.#sets.get(key);
    if (set === undefined) return NOBODY;
    const registrations: Registration[] = [];
    let until = Infinity;
    for (const held of set) {
      if (held.expiresAt <= now) continue;
      registrations.push(held);
      until = Math.min(until, held.expiresAt);
    }
    this.#listings.set(key, { registrations, until });
    return registrations;
  }

  expire(now: number): readonly Registration[] {
    const expired: Registration[] = [];
    if (now < this.#soonest) return expired;
    this.#soonest = Infinity;
    for (const [key, held] of this.#places) {
      if (held.expiresAt > now) {
        this.#soonest = Math.min(this.#soonest, held.expiresAt);
        continue;
      }
      this.#remove(key, held);
      expired.push(held);
    }
    return expired;
  }

  #held(place: Place, holder: string, now: number): Held | null {
    const held = this.#places.get(placeKey(place));
    return held !== undefined && held.holder === holder && held.expiresAt > now ? held : null;
  }

  /** Whether a registration fits in the place of `present`, or of none. */
  #hasRoomFor({ service, owner }: Registration, present: Registration | undefined): boolean {
    if (present?.owner === owner) return true;
    const owned = this.#owned.get(ownerKey(service, owner)) ?? 0;
    if (owned >= this.capacity.recordsPerOwner) return false;
    return present !== undefined || this.#places.size < this.capacity.records;
  }

  #insert(key: string, held: Held): void {
    this.#places.set(key, held);
    this.#soonest = Math.min(this.#soonest, held.expiresAt);
    for (const name of setKeysOf(held)) {
      let set = this.#sets.get(name);
      if (set === undefined) this.#sets.set(name, set = new Set());
      set.add(held);
    }
    this.#count(held, +1);
    this.#forgetListings(held);
  }

  #remove(key: string, held: Held): void {
    this.#places.delete(key);
    for (const name of setKeysOf(held)) {
      const set = this.#sets.get(name);
      set?.delete(held);
      if (set?.size === 0) this.#sets.delete(name);
    }
    this.#count(held, -1);
    this.#forgetListings(held);
  }

  #count({ service, owner }: Held, change: number): void {
    const key = ownerKey(service, owner);
    const owned = (this.#owned.get(key) ?? 0) + change;
    if (owned === 0) this.#owned.delete(key);
    else this.#owned.set(key, owned);
  }

  #forgetListings(held: Held): void {
    for (const name of setKeysOf(held)) this.#listings.delete(name);
  }
}

const NOBODY: readonly Registration[] = [];

// Names hold no control characters, so that NUL keeps the parts of a key apart.
function placeKey({ service, group, id }: Place): string {
  return `${service}\0${group}\0${id}`;
}

function ownerKey(service: string, owner: string): string {
  return `${service}\0${owner}`;
}

function setKey(service: string, { group, owner }: ListFilter): string {
  if (group === undefined) return service;
  return owner === undefined ? `${service}\0${group}` : `${service}\0${group}\0${owner}`;
}

function setKeysOf({ service, group, owner }: Registration): string[] {
  return [service, setKey(service, { group }), setKey(service, { group, owner })];
}
