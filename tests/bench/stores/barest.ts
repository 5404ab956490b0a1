import { createClient } from "@redis/client";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { each, type Operations } from "./operation.ts";
import { type Entry, LEASE } from "./records.ts";

/** Records in maps, by namespace and id: what a directory in memory cannot do without. */
export function mapOperations(entries: readonly Entry[]): Operations {
  const groups = new Map<string, Map<string, Entry & { expiresAt: number }>>();
  const entry = (index: number) => entries[index % entries.length]!;
  return {
    claim: (first, count) =>
      each(count, (offset) => {
        const one = entry(first + offset);
        let group = groups.get(one.group);
        if (group === undefined) groups.set(one.group, group = new Map());
        group.set(one.id, { ...one, expiresAt: LEASE });
      }),
    renew: (first, count) =>
      each(count, (offset) => {
        const { group, id } = entry(first + offset);
        groups.get(group)!.get(id)!.expiresAt = LEASE + offset;
      }),
    find: (first, count) =>
      each(count, (offset) => {
        const { group, id } = entry(first + offset);
        if (groups.get(group)!.get(id) === undefined) throw new Error("a record is not there");
      }),
    list: (first, count) =>
      each(count, (offset) => {
        const all = [...groups.get(entry(first + offset).group)!.values()];
        if (all.length === 0) throw new Error("a record is not there");
      }),
  };
}

/** Rows in an SQLite file as safe as the product's, all that is done at once in one commit. */
export function sqliteOperations(
  folder: string,
  entries: readonly Entry[],
): Operations & Disposable {
  const database = new DatabaseSync(join(folder, "barest.sqlite"));
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL");
  database.exec("PRAGMA journal_mode = WAL");
  database.exec(
    "CREATE TABLE rows (grp TEXT, id TEXT, payload TEXT, ends_at, PRIMARY KEY (grp, id)) " +
      "WITHOUT ROWID",
  );
  const insert = database.prepare("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)");
  const update = database.prepare("UPDATE rows SET ends_at = ? WHERE grp = ? AND id = ?");
  const one = database.prepare("SELECT payload, ends_at FROM rows WHERE grp = ? AND id = ?");
  const many = database.prepare("SELECT id, payload, ends_at FROM rows WHERE grp = ?");
  let renewals = 0;
  const reading = (read: (entry: Entry) => unknown) => (first: number, count: number) =>
    each(count, (offset) => void read(entries[(first + offset) % entries.length]!));
  const writing = (write: (entry: Entry) => unknown) => (first: number, count: number) => {
    database.exec("BEGIN IMMEDIATE");
    reading(write)(first, count);
    database.exec("COMMIT");
  };
  return {
    claim: writing(({ group, id, payload }) =>
      insert.run(group, id, JSON.stringify(payload), LEASE)
    ),
    // Each time another value: for one that is there already, nothing would be written.
    renew: writing(({ group, id }) => update.run(LEASE + renewals++, group, id)),
    find: reading(({ group, id }) => one.get(group, id)),
    list: reading(({ group }) => many.all(group)),
    [Symbol.dispose]: () => database.close(),
  };
}

/** Values in a Redis, through the client that the product uses; what is done at once is pipelined. */
export async function redisOperations(
  url: string,
  entries: readonly Entry[],
): Promise<Operations & AsyncDisposable> {
  const client = createClient({ url, RESP: 2, maintNotifications: "disabled" });
  await client.connect();
  const keys = entries.map(({ group, id }) => `barest:${group}:${id}`);
  const members = Map.groupBy(entries.keys(), (index) => entries[index]!.group);
  const operation =
    (operate: (index: number) => Promise<unknown>) => (first: number, count: number) =>
      each(count, (offset) => operate((first + offset) % entries.length));
  return {
    claim: operation((index) =>
      client.set(keys[index]!, JSON.stringify(entries[index]!.payload), {
        expiration: { type: "PX", value: LEASE },
      })
    ),
    renew: operation((index) => client.pExpire(keys[index]!, LEASE)),
    find: operation((index) => client.get(keys[index]!)),
    list: operation((index) =>
      client.mGet(members.get(entries[index]!.group)!.map((member) => keys[member]!))
    ),
    async [Symbol.asyncDispose]() {
      await client.close();
    },
  };
}
