import type {
  DirectoryStore,
  ListFilter,
  Place,
  Registration,
} from "../../../lib/directory/store.ts";

/**
 * A store whose leases end by a clock of its own, as those of Redis do, under a test that makes its
 * own time: whatever has ended by that is removed first, without a word to the store.
 */
export class PassingTime implements DirectoryStore {
  readonly #ends = new Map<string, { readonly place: Place; readonly expiresAt: number }>();

  constructor(
    readonly store: DirectoryStore,
    readonly remove: (places: readonly Place[]) => Promise<void>,
  ) {}

  async claim(registration: Registration, now: number) {
    await this.#passTo(now);
    const claim = await this.store.claim(registration, now);
    if (claim.outcome === "claimed" || claim.outcome === "replaced") {
      this.#ends.set(nameOf(registration), {
        place: registration,
        expiresAt: registration.expiresAt,
      });
    }
    return claim;
  }

  async renew(place: Place, holder: string, expiresAt: number, now: number) {
    await this.#passTo(now);
    const kept = await this.store.renew(place, holder, expiresAt, now);
    if (kept) this.#ends.set(nameOf(place), { place, expiresAt });
    return kept;
  }

  async release(place: Place, holder: string, now: number) {
    await this.#passTo(now);
    return await this.store.release(place, holder, now);
  }

  find(place: Place, now: number) {
    return this.store.find(place, now);
  }

  list(service: string, filter: ListFilter, now: number) {
    return this.store.list(service, filter, now);
  }

  expire(now: number) {
    return this.store.expire(now);
  }

  async #passTo(now: number): Promise<void> {
    const ended = [...this.#ends].filter(([, { expiresAt }]) => expiresAt <= now);
    if (ended.length === 0) return;
    await this.remove(ended.map(([, { place }]) => place));
    for (const [name] of ended) this.#ends.delete(name);
  }
}

function nameOf({ service, group, id }: Place): string {
  return JSON.stringify([service, group, id]);
}
