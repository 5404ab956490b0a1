import type { Awaitable } from "../../base/awaitable.ts";
import { MemoryStore } from "../../directory/memory_store.ts";
import type {
  Claim,
  DirectoryStore,
  ListFilter,
  Place,
  Registration,
} from "../../directory/store.ts";
import { monotonicNow } from "../clock.ts";
import { DataError, openSqliteFile } from "./sqlite_file.ts";
import { type RowChange, SqliteRows } from "./sqlite_rows.ts";
import { StoreCondition, type StoreObserver } from "./store_report.ts";
import { STORED_SERVICES } from "./stored_services.ts";

/** Where and how a directory is kept on disk. */
export interface SqliteOptions {
  readonly folder: string;
  readonly observer: StoreObserver;
  /** What is kept on disk; the rest is in memory alone. */
  readonly services?: readonly string[];
  /** The directory in memory that is kept. */
  readonly memory?: MemoryStore;
  /** The clock of leases, monotonic, in milliseconds. */
  readonly now?: () => number;
  /** Milliseconds since 1970. */
  readonly wallNow?: () => number;
}

/** A change that waits for the disk. */
interface Waiting {
  readonly change: RowChange;
  /** Takes it back where the disk refuses it. */
  readonly undo: () => void;
  readonly done: (written: boolean) => void;
}

/** Milliseconds that a change waits for others to be written with it, at the least and the most. */
const GATHERING = { least: 2, most: 50 } as const;
/** Of the time between two commits, this part at the most is the disk's: the rest is for people. */
const DISK_SHARE = 1 / 5;

/**
 * The directory of one server with what is to survive it on disk. Reading is memory's; a change is
 * answered when it is on the disk, and where the disk refuses it, it has not happened: a claim
 * finds the store `full`. Changes that come within a few milliseconds share one commit.
 */
export class SqliteStore implements DirectoryStore, Disposable {
  readonly #waiting: Waiting[] = [];
  readonly #condition: StoreCondition;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #gathering: number = GATHERING.least;
  #closed = false;

  private constructor(
    readonly memory: MemoryStore,
    readonly rows: SqliteRows,
    readonly services: ReadonlySet<string>,
    observer: StoreObserver,
  ) {
    this.#condition = new StoreCondition(observer);
  }

  /**
   * Opens the directory of a folder with everything in it that has time left.
   *
   * @throws {DataError} where it cannot be used; a file that is not ours or not whole is not touched
   */
  static open(options: SqliteOptions): SqliteStore {
    const { folder, observer, services = STORED_SERVICES, now = monotonicNow } = options;
    const { memory = new MemoryStore(), wallNow = Date.now } = options;
    const database = openSqliteFile(folder);
    try {
      const rows = new SqliteRows(database, wallNow);
      for (const registration of rows.load(now())) memory.put(registration);
      rows.sweep();
      return new SqliteStore(memory, rows, new Set(services), observer);
    } catch (error) {
      database.close();
      throw new DataError("damaged", folder, error);
    }
  }

  claim(registration: Registration, now: number): Awaitable<Claim> {
    if (!this.services.has(registration.service)) return this.memory.claim(registration, now);
    const claim = this.memory.claim(registration, now);
    if (claim.outcome === "taken" || claim.outcome === "full") return claim;
    const previous = claim.outcome === "replaced" ? claim.previous : null;
    const lease = registration.expiresAt - now;
    return this.#written({ kind: "put", registration: { ...registration }, lease }, () => {
      if (previous !== null) this.memory.put(previous);
      else this.memory.release(registration, registration.holder, -Infinity);
    }).then((written) => written ? claim : { outcome: "full" });
  }

  renew(place: Place, holder: string, expiresAt: number, now: number): Awaitable<boolean> {
    if (!this.services.has(place.service)) {
      return this.memory.renew(place, holder, expiresAt, now);
    }
    const before = this.memory.find(place, now)?.expiresAt;
    if (before === undefined || !this.memory.renew(place, holder, expiresAt, now)) return false;
    const lease = expiresAt - now;
    return this.#written({ kind: "renew", place: placeOf(place), lease }, () => {
      this.memory.renew(place, holder, before, -Infinity);
    });
  }

  release(place: Place, holder: string, now: number): Awaitable<boolean> {
    const held = this.memory.find(place, now);
    if (!this.memory.release(place, holder, now)) return false;
    if (held === null || !this.services.has(place.service)) return true;
    return this.#written({ kind: "remove", place: placeOf(place) }, () => this.memory.put(held));
  }

  find(place: Place, now: number): Registration | null {
    return this.memory.find(place, now);
  }

  list(service: string, filter: ListFilter, now: number): readonly Registration[] {
    return this.memory.list(service, filter, now);
  }

  expire(now: number): readonly Registration[] {
    const expired = this.memory.expire(now);
    for (const place of expired) {
      // Nobody waits for it: a row that stays has no time left when it is read.
      if (this.services.has(place.service)) {
        this.#wait({ change: { kind: "remove", place: placeOf(place) }, undo() {}, done() {} });
      }
    }
    return expired;
  }

  /** Writes what waits and closes the file. Calling it twice is harmless. */
  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#commit();
    this.#closed = true;
    this.rows.database.close();
  }

  #written(change: RowChange, undo: () => void): Promise<boolean> {
    return new Promise((done) => this.#wait({ change, undo, done }));
  }

  #wait(waiting: Waiting): void {
    if (this.#closed) {
      waiting.undo();
      return waiting.done(false);
    }
    this.#waiting.push(waiting);
    this.#timer ??= setTimeout(() => this.#commit(), this.#gathering);
  }

  #commit(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#waiting.splice(0);
    if (batch.length === 0) return;
    const begun = performance.now();
    try {
      this.rows.commit(batch.map(({ change }) => change));
      this.#condition.works();
      for (const { done } of batch) done(true);
    } catch (error) {
      this.#condition.failed(error instanceof Error ? error.message : String(error));
      // The last first, so that each finds what it left.
      for (const { undo } of batch.toReversed()) undo();
      for (const { done } of batch) done(false);
    }
    const wanted = (performance.now() - begun) * (1 / DISK_SHARE - 1);
    this.#gathering = Math.min(GATHERING.most, Math.max(GATHERING.least, wanted));
  }
}

function placeOf({ service, group, id }: Place): Place {
  return { service, group, id };
}
