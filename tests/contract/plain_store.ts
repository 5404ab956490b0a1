import type {
  Claim,
  DirectoryStore,
  ListFilter,
  Place,
  Registration,
} from "../../lib/directory/store.ts";

/** The store's contract in the plainest words, to compare others with: one array, oldest first. */
export class PlainStore implements DirectoryStore {
  #all: Registration[] = [];

  claim(registration: Registration, now: number): Claim {
    const previous = this.find(registration, now);
    if (previous !== null && previous.owner !== registration.owner) return { outcome: "taken" };
    this.#all = this.#all.filter((one) => !samePlace(one, registration));
    this.#all.push(registration);
    return previous === null ? { outcome: "claimed" } : { outcome: "replaced", previous };
  }

  renew(place: Place, holder: string, expiresAt: number, now: number): boolean {
    const held = this.#held(place, holder, now);
    this.#all = this.#all.map((one) => one === held ? { ...one, expiresAt } : one);
    return held !== undefined;
  }

  release(place: Place, holder: string, now: number): boolean {
    const held = this.#held(place, holder, now);
    this.#all = this.#all.filter((one) => one !== held);
    return held !== undefined;
  }

  find(place: Place, now: number): Registration | null {
    return this.#all.find((one) => samePlace(one, place) && one.expiresAt > now) ?? null;
  }

  list(service: string, { group, owner }: ListFilter, now: number): readonly Registration[] {
    return this.#all.filter((one) =>
      one.service === service && one.expiresAt > now &&
      (group === undefined || one.group === group) &&
      (owner === undefined || one.owner === owner)
    );
  }

  expire(now: number): readonly Registration[] {
    const expired = this.#all.filter(({ expiresAt }) => expiresAt <= now);
    this.#all = this.#all.filter(({ expiresAt }) => expiresAt > now);
    return expired;
  }

  #held(place: Place, holder: string, now: number): Registration | undefined {
    const found = this.find(place, now);
    return found !== null && found.holder === holder ? found : undefined;
  }
}

function samePlace(a: Place, b: Place): boolean {
  return a.service === b.service && a.group === b.group && a.id === b.id;
}
