import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { crc32 } from "node:zlib";
import type { Registration } from "../../../lib/directory/store.ts";
import { RedisMirror } from "../../../lib/runtime/stores/redis_mirror.ts";
import {
  isRow,
  keyOf,
  parseChange,
  placeOfKey,
  type RedisRow,
} from "../../../lib/runtime/stores/redis_row.ts";
import { DataError, openSqliteFile } from "../../../lib/runtime/stores/sqlite_file.ts";
import { DamagedRow, SqliteRows } from "../../../lib/runtime/stores/sqlite_rows.ts";
import { stepsOf } from "../script.ts";
import { bytesOf, type FuzzTarget, textOf } from "../target.ts";

const PLACE = { service: "rendezvous", group: "UnB", id: "192.0.2.1 ana" };
const KEY = keyOf(PLACE);

const changes: FuzzTarget = {
  name: "redis_change",
  seeds: [
    `l00["put","s/1",${JSON.stringify(KEY)},1,60000,"o","h","{}"]`,
    `l00["put","s/1",${JSON.stringify(KEY)},1,60000,"o","h","{}"]\nl00["renewed","s/2",[${
      JSON.stringify(KEY)
    },90000]]\nl00["removed","s/3",${JSON.stringify(KEY)}]`,
    `b00\nr00["k","o","h","p",1,2]\nr00[${JSON.stringify(KEY)},"o","h","[1]",5,6]\nl00["x"]\nc00`,
  ].map(bytesOf),
  words: [
    '"put"',
    '"renewed"',
    '"removed"',
    JSON.stringify(KEY),
    "null",
    "\nb00\n",
    "\nc00\n",
    "\nr00",
  ],
  most: 2000,
  tries: 500,
  run(input, saw) {
    const mirror = new RedisMirror(() => 1000, undefined);
    for (const { operation, rest } of stepsOf(input)) {
      const text = textOf(rest);
      if (operation === "b") mirror.begin();
      else if (operation === "c") mirror.complete();
      else if (operation === "r") {
        const rows = readRows(text).filter(isRow);
        mirror.read(rows);
        saw(`rows ${rows.length}`);
      } else {
        const change = parseChange(text);
        saw(change?.kind ?? "no change");
        if (change !== null) mirror.apply(change);
      }
      for (const service of ["rendezvous", "chat", ""]) {
        for (const { group, id, expiresAt } of mirror.memory.list(service, {}, 0)) {
          assert.deepEqual(placeOfKey(keyOf({ service, group, id })), { service, group, id });
          assert.ok(Number.isFinite(expiresAt), "a lease that never ends");
        }
      }
    }
  },
};

/** What a script of Redis might return: a list of six things, or anything. */
function readRows(text: string): RedisRow[] {
  try {
    const [key, owner, holder, payload, order, left] = JSON.parse(text);
    return [{ key, owner, holder, payload, order, left }];
  } catch {
    return [];
  }
}

/**
 * A row as another writer may put it there: the columns from `service` to `lease`, each a value of
 * any type, and `ends_sum` where it is not to be right. `sum` is right where it is null.
 */
type ForeignRow = readonly unknown[];

/** Where `sum` is in it. */
const SUM = 6;

const rows: FuzzTarget = {
  name: "sqlite_rows",
  seeds: [
    'r00["rendezvous","UnB","192.0.2.1 ana","o","h","{\\"name\\":\\"ana\\"}",null,99000,60000]',
    'r00["music","","ana","o","h","[]",null,99000,1e999]\nr00[1,null,2.5,"o","h","{",null,-1,"x"]',
    'r00["a","b","c","d","e","5",7,99000,60000]\nr10["a","b","d","d","e","\\u0000",null,9e15,9e15]',
    'r00["music","","ana","o","h","[]",null,99000,60000,7]',
  ].map(bytesOf),
  words: ["null", "1e999", "9223372036854775807", '"{}"', '"\\ud800"', "\nr00", "-1", "0.5"],
  most: 1500,
  tries: 60,
  run(input, saw) {
    using database = disposable(new DatabaseSync(":memory:"));
    // Not strict: another program's file may say that it is ours.
    database.exec(`CREATE TABLE registrations (seq INTEGER PRIMARY KEY, service, grp, id, owner,
      holder, payload, sum, ends_at, lease, ends_sum)`);
    const insert = database.prepare(
      "INSERT INTO registrations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    );
    let seq = 0;
    for (const { rest } of stepsOf(input)) {
      const row = foreignRow(textOf(rest));
      if (row !== null) insert.run(++seq, ...valuesOf(seq, row));
    }
    const sqlite = new SqliteRows(database, () => 40_000);
    try {
      sqlite.check();
    } catch (error) {
      assert.ok(error instanceof DamagedRow, `${error}`);
      return saw("damaged");
    }
    const loaded: Registration[] = [];
    try {
      loaded.push(...sqlite.load(1000));
    } catch (error) {
      assert.ok(error instanceof DamagedRow, `${error}`);
      return saw("damaged payload");
    }
    for (const { service, group, id, owner, holder, expiresAt } of loaded) {
      for (const text of [service, group, id, owner, holder]) assert.equal(typeof text, "string");
      assert.ok(expiresAt >= 1000 && Number.isFinite(expiresAt), `${expiresAt}`);
    }
    saw(`${loaded.length} rows`);
  },
};

function foreignRow(text: string): ForeignRow | null {
  try {
    const row = JSON.parse(text);
    return Array.isArray(row) && (row.length === 9 || row.length === 10) ? row : null;
  } catch {
    return null;
  }
}

/** Without checksums of its own a row gets the right ones: damage is not what this is about. */
function valuesOf(seq: number, row: ForeignRow): Value[] {
  const texts = row.slice(0, SUM);
  const times = row.slice(SUM + 1, SUM + 3);
  const sum = row[SUM] ?? crc32(JSON.stringify([seq, ...texts]));
  const endsSum = row[SUM + 3] ?? crc32(JSON.stringify([...row.slice(0, 3), ...times]));
  return [...texts, sum, ...times, endsSum].map(asValue);
}

type Value = string | number | bigint | null;

function asValue(value: unknown): Value {
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return BigInt.asIntN(64, BigInt(value));
  }
  if (typeof value === "string" || typeof value === "number" || value === null) return value;
  return JSON.stringify(value);
}

function disposable(database: DatabaseSync): DatabaseSync & Disposable {
  return Object.assign(database, { [Symbol.dispose]: () => database.close() });
}

/** A directory with two rows, as this program writes it. */
function sqliteSeed(): Uint8Array {
  const folder = Deno.makeTempDirSync({ prefix: "fuzz-" });
  try {
    const database = openSqliteFile(folder);
    const now = 1_000_000;
    const registration = {
      ...PLACE,
      owner: "o",
      holder: "h",
      payload: { name: "ana" },
      expiresAt: now,
    };
    const sqlite = new SqliteRows(database, () => now);
    sqlite.commit([
      { kind: "put", registration, lease: 60_000 },
      { kind: "put", registration: { ...registration, id: "x" }, lease: 60_000 },
    ]);
    database.close();
    return Deno.readFileSync(join(folder, "directory.sqlite"));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const files: FuzzTarget = {
  name: "sqlite_file",
  seeds: [sqliteSeed()],
  words: ["SQLite format 3\0", "prsa", "CREATE TABLE registrations"],
  most: 16_384,
  tries: 15,
  run(input, saw) {
    const folder = Deno.makeTempDirSync({ prefix: "fuzz-" });
    const path = join(folder, "directory.sqlite");
    try {
      Deno.writeFileSync(path, input);
      const database = openSqliteFile(folder);
      try {
        const loaded = [...new SqliteRows(database, () => 1_000_000).load(0)];
        saw(`opened with ${loaded.length}`);
      } catch (error) {
        // As `SqliteStore.open` takes it.
        saw(`opened, then ${(error as Error).name}`);
      } finally {
        database.close();
      }
    } catch (error) {
      assert.ok(error instanceof DataError, `${error}`);
      assert.ok(bytesEqual(Deno.readFileSync(path), input), "a file that is not ours was changed");
      saw(error.fault);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
};

function bytesEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, n) => byte === other[n]);
}

export const STORES: readonly FuzzTarget[] = [changes, rows, files];
