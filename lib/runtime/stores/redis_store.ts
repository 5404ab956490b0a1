import type { Awaitable } from "../../base/awaitable.ts";
import { Backoff } from "../../base/backoff.ts";
import { SECOND } from "../../base/units.ts";
import type { Capacity } from "../../directory/memory_store.ts";
import type {
  Claim,
  DirectoryStore,
  ListFilter,
  Place,
  Registration,
} from "../../directory/store.ts";
import { monotonicNow } from "../clock.ts";
import { RedisMirror } from "./redis_mirror.ts";
import { keyOf, placeOfKey, REDIS_NAMES, type RedisChange } from "./redis_row.ts";
import { reasonOf, RedisRefusal, RedisSession } from "./redis_session.ts";
import { RenewalBatch } from "./renewal_batch.ts";
import { StoreCondition, type StoreObserver } from "./store_report.ts";
import { STORED_SERVICES } from "./stored_services.ts";

/** Which Redis, and what it is told. */
export interface RedisOptions {
  /** `redis://[user:password@]host[:port][/db]`, or `rediss://…` over TLS. */
  readonly url: string;
  readonly observer: StoreObserver;
  readonly capacity?: Capacity;
  /** The clock of leases, monotonic, in milliseconds. */
  readonly now?: () => number;
}

/** A step of Redis that is under way. */
interface Call {
  readonly session: RedisSession;
  readonly ends: ReadonlyMap<string, number>;
  readonly change: PromiseWithResolvers<void>;
}

const RECONNECT = { first: SECOND / 10, most: 5 * SECOND } as const;
/** Rows that are claimed again at a time. */
const RECLAIMED = 500;
/** Releases remembered while Redis is away; the leases of more end by themselves. */
const MOST_RELEASES = 10_000;
/** Time for the last releases when the store is closed. */
const FAREWELL = 1 * SECOND;

/**
 * A directory that any number of servers share in one Redis. Redis decides who has a name and when
 * a lease ends; every server reads from a copy of its own, which is as fresh as the stream of
 * changes, and an operation is done when its own change has come by there.
 *
 * While Redis is away, names that this server holds stay held and are renewed; new names and
 * changed ones are refused as `full`, for nobody can say that they are free. When it is back, this
 * server claims again what it holds: a name that another has got meanwhile is lost, which its next
 * renewal tells.
 */
export class RedisStore implements DirectoryStore, AsyncDisposable {
  /** The keys of the rows that came through this server, which claims them again. */
  readonly #own = new Set<string>();
  /** By the token of a call: the ends of its leases, and who waits for its change to come by. */
  readonly #calls = new Map<string, Call>();
  /** Holders by key of what was released, or perhaps claimed, while Redis was away. */
  readonly #releases = new Map<string, string>();
  readonly #word = crypto.randomUUID();
  readonly #mirror: RedisMirror;
  readonly #condition: StoreCondition;
  readonly #renewals: RenewalBatch;
  readonly #closing = Promise.withResolvers<void>();
  #session: RedisSession | null = null;
  #acts = 0;
  #closed = false;

  private constructor(readonly options: RedisOptions) {
    this.now = options.now ?? monotonicNow;
    this.#mirror = new RedisMirror(this.now, options.capacity);
    this.#condition = new StoreCondition(options.observer);
    this.#renewals = new RenewalBatch((keys, args, ends) => this.#call("renew", keys, args, ends));
  }

  readonly now: () => number;

  /**
   * Connects and reads what is there.
   *
   * @throws where Redis cannot be reached or does not let us in
   */
  static async open(options: RedisOptions): Promise<RedisStore> {
    const store = new RedisStore(options);
    const session = await store.#join();
    store.#stayJoined(session);
    return store;
  }

  async claim(registration: Registration, now: number): Promise<Claim> {
    const { owner, holder, payload, expiresAt } = registration;
    const key = keyOf(registration);
    const held = this.#mirror.memory.find(registration, now);
    if (this.#session === null || !this.#mirror.memory.hasRoomFor(registration)) {
      return { outcome: held !== null && held.owner !== owner ? "taken" : "full" };
    }
    const lease = Math.max(0, Math.ceil(expiresAt - now));
    const args = [owner, holder, JSON.stringify(payload), lease];
    const ends = new Map([[key, expiresAt]]);
    try {
      const [outcome, ...previous] = await this.#call(
        "claim",
        [key, REDIS_NAMES.order],
        args,
        ends,
      );
      if (outcome === "taken") return { outcome };
      this.#releases.delete(key);
      if (outcome === "claimed") return { outcome };
      const [formerHolder, formerPayload, left] = previous;
      const former: Registration = held !== null && held.holder === formerHolder ? held : {
        ...registration,
        holder: String(formerHolder),
        payload: JSON.parse(String(formerPayload)),
        expiresAt: now + Number(left),
      };
      return { outcome: "replaced", previous: { ...former } };
    } catch (error) {
      // Perhaps it was claimed, and nobody will be told.
      if (!(error instanceof RedisRefusal)) this.#releaseLater(key, holder);
      return { outcome: "full" };
    }
  }

  async renew(place: Place, holder: string, expiresAt: number, now: number): Promise<boolean> {
    const key = keyOf(place);
    if (this.#session !== null) {
      try {
        const lease = Math.max(0, Math.ceil(expiresAt - now));
        const kept = await this.#renewals.renew({ key, holder, lease, expiresAt });
        if (!kept) this.#own.delete(key);
        return kept;
      } catch {
        // Whether it was renewed there shows when it is claimed again.
      }
    }
    return this.#own.has(key) && this.#mirror.memory.renew(place, holder, expiresAt, now);
  }

  async release(place: Place, holder: string, now: number): Promise<boolean> {
    const key = keyOf(place);
    if (this.#session !== null) {
      try {
        const [removed] = await this.#call("release", [key], [holder], new Map());
        return removed === 1;
      } catch {
        // It is released here, and there when Redis is back.
      }
    }
    if (!this.#mirror.memory.release(place, holder, now)) return false;
    this.#own.delete(key);
    this.#releaseLater(key, holder);
    return true;
  }

  find(place: Place, now: number): Registration | null {
    return this.#mirror.memory.find(place, now);
  }

  list(service: string, filter: ListFilter, now: number): readonly Registration[] {
    return this.#mirror.memory.list(service, filter, now);
  }

  expire(now: number): Awaitable<readonly Registration[]> {
    const expired = this.#mirror.memory.expire(now);
    for (const place of expired) this.#own.delete(keyOf(place));
    return expired;
  }

  /** Takes along what ends with this server's connections. Calling it twice is harmless. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const session = this.#session;
    if (session !== null) {
      const released = Promise.allSettled(
        [...this.#own].map(async (key) => {
          const place = placeOfKey(key);
          const held = this.#mirror.memory.find(place, this.now());
          if (held === null || STORED_SERVICES.includes(place.service)) return;
          await this.#call("release", [key], [held.holder], new Map());
        }),
      );
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => timer = setTimeout(resolve, FAREWELL));
      await Promise.race([released, late]);
      clearTimeout(timer);
    }
    this.#closing.resolve();
    session?.[Symbol.dispose]();
  }

  /** One call, done when its own change, if it makes one, has come by; what it returned as a list. */
  async #call(
    script: "claim" | "reclaim" | "renew" | "release",
    keys: string[],
    args: readonly (string | number)[],
    ends: Map<string, number>,
    session = this.#session,
  ): Promise<unknown[]> {
    if (session === null) throw new Error("Redis is away");
    const token = `${this.#word}/${this.#acts++}`;
    const change = Promise.withResolvers<void>();
    // Where no change is to come, nobody waits for it.
    change.promise.catch(() => {});
    this.#calls.set(token, { session, ends, change });
    try {
      const result = await session.run(script, keys, [REDIS_NAMES.changes, token, ...args]);
      const list = Array.isArray(result) ? result : [result];
      const changes = list.some((one) => one === 1 || one === "claimed" || one === "replaced");
      if (changes && script !== "reclaim") await change.promise;
      if (session === this.#session) this.#condition.works();
      return list;
    } catch (error) {
      if (error instanceof RedisRefusal) this.#condition.failed(error.message);
      throw error;
    } finally {
      this.#calls.delete(token);
    }
  }

  #hear(change: RedisChange): void {
    const call = this.#calls.get(change.token);
    this.#mirror.apply(change, call?.ends);
    if (change.kind === "removed") this.#own.delete(change.key);
    if (change.kind === "put") {
      if (change.token.startsWith(`${this.#word}/`)) this.#own.add(change.row.key);
      else this.#own.delete(change.row.key);
    }
    call?.change.resolve();
  }

  #releaseLater(key: string, holder: string): void {
    if (this.#releases.size < MOST_RELEASES) this.#releases.set(key, holder);
  }

  /** Connects, claims again what is ours and makes a new copy of it all. */
  async #join(): Promise<RedisSession> {
    const session = await RedisSession.open(this.options.url, (change) => this.#hear(change));
    session.ended.then((reason) => {
      for (const call of this.#calls.values()) {
        if (call.session === session) call.change.reject(new Error(reason));
      }
    });
    try {
      this.#mirror.begin();
      await this.#reclaim(session);
      for await (const rows of session.rows()) this.#mirror.read(rows);
      this.#mirror.complete();
      this.#session = session;
      await this.#releaseNow(session);
      return session;
    } catch (error) {
      this.#session = null;
      session[Symbol.dispose]();
      throw error;
    }
  }

  /** Claims again what this server holds, in the order in which it was claimed. */
  async #reclaim(session: RedisSession): Promise<void> {
    const keys = [...this.#own];
    for (let at = 0; at < keys.length; at += RECLAIMED) {
      await Promise.all(
        keys.slice(at, at + RECLAIMED).map(async (key) => {
          const now = this.now();
          const held = this.#mirror.memory.find(placeOfKey(key), now);
          if (held === null) return this.#own.delete(key);
          const { owner, holder, payload, expiresAt } = held;
          const args = [owner, holder, JSON.stringify(payload), Math.ceil(expiresAt - now)];
          const names = [key, REDIS_NAMES.order];
          const [kept] = await this.#call("reclaim", names, args, new Map(), session);
          if (kept !== 1) this.#own.delete(key);
        }),
      );
    }
  }

  async #releaseNow(session: RedisSession): Promise<void> {
    const releases = [...this.#releases];
    await Promise.all(releases.map(async ([key, holder]) => {
      await this.#call("release", [key], [holder], new Map(), session);
      if (this.#releases.get(key) === holder) this.#releases.delete(key);
    }));
  }

  /** Waits for the end of a session, then tries until there is another. */
  async #stayJoined(session: RedisSession): Promise<void> {
    const backoff = new Backoff(RECONNECT, Math.random);
    for (;;) {
      const reason = await session.ended;
      this.#session = null;
      if (this.#closed) return;
      this.#condition.failed(reason);
      for (let joined = false; !joined;) {
        if (await this.#closedWithin(backoff.next())) return;
        try {
          session = await this.#join();
          joined = true;
          if (this.#closed) return session[Symbol.dispose]();
        } catch (error) {
          this.#condition.failed(reasonOf(error));
        }
      }
      backoff.reset();
      this.#condition.works();
    }
  }

  async #closedWithin(delay: number): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const waited = new Promise<void>((resolve) => timer = setTimeout(resolve, delay));
    await Promise.race([waited, this.#closing.promise]);
    clearTimeout(timer);
    return this.#closed;
  }
}
