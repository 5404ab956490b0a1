import { createClient } from "@redis/client";
import { SECOND } from "../../base/units.ts";
import { isRow, parseChange, REDIS_NAMES, type RedisChange, type RedisRow } from "./redis_row.ts";
import { REDIS_SCRIPTS, type ScriptName } from "./redis_scripts.ts";

/** Time for a connection to be made. */
const CONNECT = 2 * SECOND;
/** How often both connections are asked whether they live. */
const HEARTBEAT = 1 * SECOND;
/** Time without an answer after which Redis counts as away. */
const SILENCE = 3 * SECOND;
/** Rows that one step of Redis reads: well under a millisecond of its time. */
const PAGE = 200;

/** Redis said no to a command, and the connection is fine. */
export class RedisRefusal extends Error {
  override readonly name = "RedisRefusal";
}

type Client = ReturnType<typeof clientOf>;

/**
 * Two connections to Redis, one for commands and one that hears of changes, as long as both live.
 * It never reconnects: what was heard in between would be missing.
 */
export class RedisSession implements Disposable {
  /** Resolves, with the reason, when one of the two is lost or this is disposed. */
  readonly ended: Promise<string>;
  readonly #end: (reason: string) => void;
  readonly #hashes = new Map<ScriptName, string>();
  readonly #heartbeat: ReturnType<typeof setInterval>;
  #heard: number = performance.now();
  #over = false;

  private constructor(readonly commands: Client, readonly changes: Client) {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.ended = promise;
    this.#end = (reason) => {
      if (this.#over) return;
      this.#over = true;
      clearInterval(this.#heartbeat);
      for (const client of [commands, changes]) if (client.isOpen) client.destroy();
      resolve(reason);
    };
    for (const client of [commands, changes]) {
      client.on("error", (error: Error) => this.#end(reasonOf(error)));
      client.on("end", () => this.#end("connection closed"));
    }
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT);
  }

  /**
   * Connects, and hears of every change from then on.
   *
   * @throws where Redis cannot be reached or does not let us in
   */
  static async open(url: string, heard: (change: RedisChange) => void): Promise<RedisSession> {
    const session = new RedisSession(clientOf(url), clientOf(url));
    try {
      const { commands, changes } = session;
      await Promise.all([commands.connect(), changes.connect()]);
      for (const [name, script] of Object.entries(REDIS_SCRIPTS)) {
        session.#hashes.set(name as ScriptName, await commands.scriptLoad(script));
      }
      await changes.subscribe(REDIS_NAMES.changes, (text) => {
        const change = parseChange(text);
        if (change !== null) heard(change);
      });
      return session;
    } catch (error) {
      session[Symbol.dispose]();
      throw error;
    }
  }

  /**
   * One step of Redis, see `redis_scripts.ts`.
   *
   * @throws {RedisRefusal} where Redis refused it
   * @throws where the connection was lost; whether the step was done is not known then
   */
  async run(script: ScriptName, keys: string[], args: readonly (string | number)[]) {
    try {
      return await this.commands.evalSha(this.#hashes.get(script)!, {
        keys,
        arguments: args.map(String),
      });
    } catch (error) {
      throw this.#over || !this.commands.isReady ? error : new RedisRefusal(reasonOf(error));
    }
  }

  /** Every row that stays there all the while, in pages that do not keep others waiting. */
  async *rows(): AsyncGenerator<readonly RedisRow[]> {
    let cursor = "0";
    do {
      const page = await this.commands.scan(cursor, { MATCH: REDIS_NAMES.rows, COUNT: PAGE });
      cursor = page.cursor;
      if (page.keys.length === 0) continue;
      const read = await this.run("read", page.keys, []) as RawRow[];
      yield read.map(([key, owner, holder, payload, order, left]) => {
        return { key, owner, holder, payload, order, left };
      }).filter(isRow);
    } while (cursor !== "0");
  }

  [Symbol.dispose](): void {
    this.#end("closed");
  }

  #beat(): void {
    if (performance.now() - this.#heard > SILENCE) return this.#end("no answer");
    Promise.all([this.commands.ping(), this.changes.ping()]).then(
      () => this.#heard = performance.now(),
      (error) => this.#end(reasonOf(error)),
    );
  }
}

type RawRow = [string, string, string, string, number, number];

function clientOf(url: string) {
  return createClient({
    url,
    RESP: 2,
    // Without it, the client reads the environment.
    maintNotifications: "disabled",
    disableOfflineQueue: true,
    socket: { connectTimeout: CONNECT, reconnectStrategy: false },
  });
}

/** The words of an error; several attempts on the addresses of one name come as one without any. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
}
