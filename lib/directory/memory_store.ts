import { LIMITS } from "../base/limits.ts";
import { type Held, ServiceTable } from "./service_table.ts";
import type { Claim, DirectoryStore, ListFilter, Place, Registration } from "./store.ts";

/** How many registrations fit; see the numbers of these names in `LIMITS`. */
export interface Capacity {
  readonly records: number;
  readonly recordsPerOwner: number;
  /** Left out, a service may have them all. */
  readonly recordsPerService?: number;
}

/** The directory of one server in its memory. What it holds is gone with the process. */
export class MemoryStore implements DirectoryStore {
  readonly #services = new Map<string, ServiceTable>();
  #size = 0;
  /** No lease ends before this, so that most sweeps have nothing to look at. */
  #soonest = Infinity;

  constructor(readonly capacity: Capacity = LIMITS) {}

  /** How many registrations are held, live or not yet swept. */
  get size(): number {
    return this.#size;
  }

  claim(registration: Registration, now: number): Claim {
    const table = this.#tableOf(registration.service);
    const present = table.find(registration.group, registration.id);
    const live = present !== undefined && present.expiresAt > now ? present : null;
    if (live !== null && live.owner !== registration.owner) return { outcome: "taken" };
    if (!this.#hasRoom(registration, table, present)) return { outcome: "full" };
    this.#enter(registration, table, present);
    return live === null ? { outcome: "claimed" } : { outcome: "replaced", previous: live };
  }

  /** Enters what was decided elsewhere: whoever holds the place goes, and no capacity counts. */
  put(registration: Registration): void {
    const table = this.#tableOf(registration.service);
    this.#enter(registration, table, table.find(registration.group, registration.id));
  }

  /** Whether a claim would find room. */
  hasRoomFor(registration: Registration): boolean {
    const { service, group, id } = registration;
    const table = this.#tableOf(service);
    return this.#hasRoom(registration, table, table.find(group, id));
  }

  renew(place: Place, holder: string, expiresAt: number, now: number): boolean {
    const held = this.#held(place, holder, now);
    if (held === null) return false;
    // A lease that gets shorter can end before the lists that hold it were to be made anew.
    if (expiresAt < held.expiresAt) this.#tableOf(place.service).changed(held);
    held.expiresAt = expiresAt;
    this.#soonest = Math.min(this.#soonest, expiresAt);
    return true;
  }

  release(place: Place, holder: string, now: number): boolean {
    const held = this.#held(place, holder, now);
    if (held === null) return false;
    this.#remove(this.#tableOf(place.service), held);
    return true;
  }

  find({ service, group, id }: Place, now: number): Registration | null {
    const held = this.#services.get(service)?.find(group, id);
    return held !== undefined && held.expiresAt > now ? held : null;
  }

  list(service: string, filter: ListFilter, now: number): readonly Registration[] {
    return this.#services.get(service)?.list(filter, now) ?? NOBODY;
  }

  expire(now: number): readonly Registration[] {
    const expired: Registration[] = [];
    if (now < this.#soonest) return expired;
    this.#soonest = Infinity;
    for (const table of this.#services.values()) {
      for (const held of table.all()) {
        if (held.expiresAt > now) {
          this.#soonest = Math.min(this.#soonest, held.expiresAt);
          continue;
        }
        this.#remove(table, held);
        expired.push(held);
      }
    }
    return expired;
  }

  #held({ service, group, id }: Place, holder: string, now: number): Held | null {
    const held = this.#services.get(service)?.find(group, id);
    return held !== undefined && held.holder === holder && held.expiresAt > now ? held : null;
  }

  /** Whether there is room, counting that the registration at the same place, if any, goes. */
  #hasRoom({ owner }: Registration, table: ServiceTable, present: Held | undefined): boolean {
    const { records, recordsPerOwner, recordsPerService = records } = this.capacity;
    const going = present === undefined ? 0 : 1;
    const owned = table.ownedBy(owner) - (present?.owner === owner ? 1 : 0);
    return this.#size - going < records && table.size - going < recordsPerService &&
      owned < recordsPerOwner;
  }

  #tableOf(service: string): ServiceTable {
    let table = this.#services.get(service);
    if (table === undefined) this.#services.set(service, table = new ServiceTable());
    return table;
  }

  #enter(registration: Registration, table: ServiceTable, present: Held | undefined): void {
    if (present !== undefined) this.#remove(table, present);
    table.insert({ ...registration });
    this.#size += 1;
    this.#soonest = Math.min(this.#soonest, registration.expiresAt);
  }

  #remove(table: ServiceTable, held: Held): void {
    table.remove(held);
    this.#size -= 1;
  }
}

const NOBODY: readonly Registration[] = [];
