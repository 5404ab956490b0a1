import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { crc32 } from "node:zlib";
import { LIMITS } from "../../base/limits.ts";
import type { Place, Registration } from "../../directory/store.ts";

/** A row that cannot be what was written. */
export class DamagedRow extends Error {
  override readonly name = "DamagedRow";
}

/** A number as a double: one with more digits than that holds is refused otherwise. */
const ALL_ROWS = `
  SELECT CAST(seq AS REAL) AS seq, service, grp, id, owner, holder, payload,
    CAST(sum AS REAL) AS sum, CAST(ends_at AS REAL) AS ends_at, CAST(lease AS REAL) AS lease,
    CAST(ends_sum AS REAL) AS ends_sum
  FROM registrations ORDER BY seq`;

/** One change of the directory on disk. Leases are lengths from now, in milliseconds. */
export type RowChange =
  | { readonly kind: "put"; readonly registration: Registration; readonly lease: number }
  | { readonly kind: "renew"; readonly place: Place; readonly lease: number }
  | { readonly kind: "remove"; readonly place: Place };

/**
 * The rows of a directory on disk. Ends of leases are there in the time of the wall clock, which
 * goes on while no server runs, beside their length: a clock that was set back makes no lease
 * longer than it was given. One checksum of a row is of all that stays as it was put; the other is
 * of its place and of what a renewal writes, so that a renewal need not read the rest.
 */
export class SqliteRows {
  readonly #put;
  readonly #renew;
  readonly #remove;
  #lastSeq: number;

  /** @param wallNow milliseconds since 1970 */
  constructor(readonly database: DatabaseSync, readonly wallNow: () => number) {
    this.#put = database.prepare(
      `INSERT OR REPLACE INTO registrations
        (seq, service, grp, id, owner, holder, payload, sum, ends_at, lease, ends_sum)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#renew = database.prepare(
      `UPDATE registrations SET ends_at = ?, lease = ?, ends_sum = ?
        WHERE service = ? AND grp = ? AND id = ?`,
    );
    this.#remove = database.prepare(
      "DELETE FROM registrations WHERE service = ? AND grp = ? AND id = ?",
    );
    const last = database.prepare("SELECT CAST(max(seq) AS REAL) AS seq FROM registrations").get();
    this.#lastSeq = Number(last?.["seq"] ?? 0);
  }

  /**
   * Looks at every row.
   *
   * @throws {DamagedRow} where one is not as it was written
   */
  check(): void {
    for (const _ of this.#rows());
  }

  /**
   * What is on disk and has time left, oldest first, with its end on the clock of `now`.
   *
   * @throws {DamagedRow} for a row that is not as it was written
   */
  *load(now: number): Generator<Registration> {
    const wall = this.wallNow();
    for (const { texts, ends_at, lease } of this.#rows()) {
      const left = Math.min(ends_at - wall, lease, LIMITS.longestLease);
      if (left <= 0) continue;
      const [service, group, id, owner, holder, payload] = texts;
      const place = { service, group, id };
      yield { ...place, owner, holder, payload: parsed(payload), expiresAt: now + left };
    }
  }

  /** Writes all of it or nothing; when it returns it is on the disk. */
  commit(changes: Iterable<RowChange>): void {
    this.database.exec("BEGIN IMMEDIATE");
    try {
      for (const change of changes) this.#write(change);
      this.database.exec("COMMIT");
    } catch (error) {
      if (this.database.isTransaction) this.database.exec("ROLLBACK");
      throw error;
    }
  }

  /** Removes what had run out before this server began. */
  sweep(): void {
    this.database.prepare("DELETE FROM registrations WHERE ends_at <= ?").run(this.wallNow());
  }

  *#rows(): Generator<{ texts: Texts; ends_at: number; lease: number }> {
    for (const row of this.database.prepare(ALL_ROWS).iterate()) {
      const { seq, service, grp, id, owner, holder, payload, ends_at, lease } = row as RawRow;
      const texts: Texts = [service, grp, id, owner, holder, payload];
      const whole = texts.every((text) => typeof text === "string") && Number.isSafeInteger(seq) &&
        checksum([seq, ...texts]) === row["sum"] &&
        checksum([service, grp, id, ends_at, lease]) === row["ends_sum"];
      if (!whole) throw new DamagedRow(`${service} ${grp} ${id}`);
      yield { texts, ends_at, lease };
    }
  }

  #write(change: RowChange): void {
    switch (change.kind) {
      case "put": {
        const { service, group, id, owner, holder, payload } = change.registration;
        const texts: Texts = [service, group, id, owner, holder, JSON.stringify(payload)];
        const seq = ++this.#lastSeq;
        const ends = this.#ends(change.registration, change.lease);
        this.#put.run(seq, ...texts, checksum([seq, ...texts]), ...ends);
        return;
      }
      case "renew":
        this.#renew.run(...this.#ends(change.place, change.lease), ...keyOf(change.place));
        return;
      case "remove":
        this.#remove.run(...keyOf(change.place));
        return;
    }
  }

  /** `ends_at`, `lease` and `ends_sum` of a lease that begins now. */
  #ends(place: Place, lease: number): [number, number, number] {
    const length = Math.ceil(lease);
    const end = Math.ceil(this.wallNow()) + length;
    return [end, length, checksum([...keyOf(place), end, length])];
  }
}

/** Service, group, id, owner, holder, payload. */
type Texts = [string, string, string, string, string, string];

type RawRow =
  & Record<"service" | "grp" | "id" | "owner" | "holder" | "payload", string>
  & Record<"seq" | "ends_at" | "lease", number>;

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    throw new DamagedRow("a payload that is no JSON");
  }
}

function checksum(columns: readonly SQLInputValue[]): number {
  return crc32(JSON.stringify(columns));
}

function keyOf({ service, group, id }: Place): SQLInputValue[] {
  return [service, group, id];
}
