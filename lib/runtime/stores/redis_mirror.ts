import { type Capacity, MemoryStore } from "../../directory/memory_store.ts";
import { placeOfKey, type RedisChange, type RedisRow, registrationOf } from "./redis_row.ts";

/** A copy that is being made from what Redis has, while changes come in. */
interface Copying {
  readonly rows: Map<string, { readonly row: RedisRow; readonly expiresAt: number }>;
  /** Of these the changes said more than the reading can: it may be older than they are. */
  readonly changed: Set<string>;
}

/**
 * This server's copy of the directory in Redis: read on every LIST, and kept by the stream of
 * changes. After the stream was lost it is made anew, and the former is read until that is done.
 */
export class RedisMirror {
  #memory: MemoryStore;
  #copying: Copying | null = null;

  /** @param now the clock of leases, monotonic, in milliseconds */
  constructor(readonly now: () => number, readonly capacity: Capacity | undefined) {
    this.#memory = new MemoryStore(capacity);
  }

  get memory(): MemoryStore {
    return this.#memory;
  }

  /** From now on, changes and what {@link RedisMirror.read} is given make a new copy. */
  begin(): void {
    this.#copying = { rows: new Map(), changed: new Set() };
  }

  /** Takes rows that were read. */
  read(rows: readonly RedisRow[]): void {
    const copying = this.#copying;
    if (copying === null) return;
    for (const row of rows) {
      if (!copying.changed.has(row.key)) this.#copy(copying, row);
    }
  }

  /** Everything was read: the new copy takes the place of the former. */
  complete(): void {
    const copying = this.#copying;
    if (copying === null) return;
    this.#copying = null;
    const memory = new MemoryStore(this.capacity);
    const rows = [...copying.rows.values()].sort((a, b) => a.row.order - b.row.order);
    for (const { row, expiresAt } of rows) memory.put(registrationOf(row, expiresAt));
    this.#memory = memory;
  }

  /**
   * Takes a change.
   *
   * @param exactly the end of a key's lease, where it is known better than from the change
   */
  apply(change: RedisChange, exactly?: ReadonlyMap<string, number>): void {
    const end = (key: string, left: number) => exactly?.get(key) ?? this.now() + left;
    const copying = this.#copying;
    switch (change.kind) {
      case "put": {
        const { row } = change;
        copying?.changed.add(row.key);
        if (copying !== null) this.#copy(copying, row);
        else this.#memory.put(registrationOf(row, end(row.key, row.left)));
        return;
      }
      case "renewed":
        for (const [key, left] of change.leases) this.#renewed(key, end(key, left));
        return;
      case "removed": {
        if (copying !== null) {
          copying.changed.add(change.key);
          copying.rows.delete(change.key);
          return;
        }
        const place = placeOfKey(change.key);
        const held = this.#memory.find(place, -Infinity);
        if (held !== null) this.#memory.release(place, held.holder, -Infinity);
        return;
      }
    }
  }

  #renewed(key: string, expiresAt: number): void {
    if (this.#copying !== null) {
      const copied = this.#copying.rows.get(key);
      // One that was not read yet has its new lease already when it is.
      if (copied !== undefined) this.#copying.rows.set(key, { row: copied.row, expiresAt });
      return;
    }
    const place = placeOfKey(key);
    const held = this.#memory.find(place, -Infinity);
    if (held !== null) this.#memory.renew(place, held.holder, expiresAt, -Infinity);
  }

  #copy({ rows }: Copying, row: RedisRow): void {
    rows.set(row.key, { row, expiresAt: this.now() + row.left });
  }
}
