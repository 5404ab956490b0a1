import type { ListFilter, Registration } from "./store.ts";

/** A registration as it is held: its lease moves, the rest stays. */
export type Held = { -readonly [Field in keyof Registration]: Registration[Field] };

/** A list that was asked for, good until the set changes or `until` comes. */
interface Listing {
  readonly registrations: readonly Registration[];
  readonly until: number;
}

/** Every list without anybody: it has to be the same array each time. */
const NOBODY: readonly Registration[] = [];

/** The registrations of one service: by group and id, and by owner. */
export class ServiceTable {
  /** In the order of registering, over all groups. */
  readonly #all = new Set<Held>();
  readonly #groups = new Map<string, Map<string, Held>>();
  /** Most owners have one registration, and then it stands here without a set around it. */
  readonly #owners = new Map<string, Held | Set<Held>>();
  readonly #listings = new Map<string, Listing>();

  find(group: string, id: string): Held | undefined {
    return this.#groups.get(group)?.get(id);
  }

  /** How many registrations an owner has. */
  ownedBy(owner: string): number {
    const owned = this.#owners.get(owner);
    return owned === undefined ? 0 : owned instanceof Set ? owned.size : 1;
  }

  /** How many registrations there are, live or not. */
  get size(): number {
    return this.#all.size;
  }

  /** Every registration, live or not. */
  all(): Iterable<Held> {
    return this.#all;
  }

  insert(held: Held): void {
    const { group: name, id, owner } = held;
    let group = this.#groups.get(name);
    if (group === undefined) this.#groups.set(name, group = new Map());
    group.set(id, held);
    const owned = this.#owners.get(owner);
    if (owned === undefined) this.#owners.set(owner, held);
    else if (owned instanceof Set) owned.add(held);
    else this.#owners.set(owner, new Set([owned, held]));
    this.#all.add(held);
    this.changed(held);
  }

  remove(held: Held): void {
    const { group: name, id, owner } = held;
    this.#all.delete(held);
    const group = this.#groups.get(name);
    group?.delete(id);
    if (group?.size === 0) this.#groups.delete(name);
    const owned = this.#owners.get(owner);
    if (owned instanceof Set) owned.delete(held);
    if (!(owned instanceof Set) || owned.size === 0) this.#owners.delete(owner);
    this.changed(held);
  }

  /** Lists that are kept for whoever asks next. */
  get listings(): number {
    return this.#listings.size;
  }

  /** The live registrations, oldest first; the same array while nothing has changed. */
  list(filter: ListFilter, now: number): readonly Registration[] {
    const key = listingKey(filter);
    const known = this.#listings.get(key);
    if (known !== undefined && now < known.until) return known.registrations;
    const registrations = this.#matching(filter).filter(({ expiresAt }) => expiresAt > now);
    if (registrations.length === 0) {
      // Not kept: anybody can ask for groups that nobody is in, and for ever more of them.
      this.#listings.delete(key);
      return NOBODY;
    }
    const until = registrations.reduce((least, one) => Math.min(least, one.expiresAt), Infinity);
    this.#listings.set(key, { registrations, until });
    return registrations;
  }

  /** Lists that hold a registration have to be made anew. */
  changed({ group, owner }: Held): void {
    this.#listings.delete(listingKey({}));
    this.#listings.delete(listingKey({ group }));
    this.#listings.delete(listingKey({ group, owner }));
  }

  #matching({ group, owner }: ListFilter): Held[] {
    if (group === undefined) return [...this.#all];
    if (owner === undefined) return [...this.#groups.get(group)?.values() ?? []];
    const owned = this.#owners.get(owner);
    const all = owned === undefined ? [] : owned instanceof Set ? [...owned] : [owned];
    return all.filter((held) => held.group === group);
  }
}

// Groups and owners hold no control characters, so that NUL keeps the parts of a key apart.
function listingKey({ group, owner }: ListFilter): string {
  if (group === undefined) return "";
  return owner === undefined ? `=${group}` : `=${group}\0${owner}`;
}
