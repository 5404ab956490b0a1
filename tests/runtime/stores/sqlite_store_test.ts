import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { MemoryStore } from "../../../lib/directory/memory_store.ts";
import type { Registration } from "../../../lib/directory/store.ts";
import { SqliteStore } from "../../../lib/runtime/stores/sqlite_store.ts";
import type { StoreReport } from "../../../lib/runtime/stores/store_report.ts";
import { TemporaryFolder } from "./temporary_folder.ts";

const HOUR = 3_600_000;
const WALL = Date.UTC(2026, 0, 1);

function node(name: string, changes: Partial<Registration> = {}): Registration {
  const place = { service: "rendezvous", group: "UnB", id: `192.0.2.1 ${name}` };
  const payload = { name, port: 7070 };
  return {
    ...place,
    owner: "192.0.2.1",
    holder: "192.0.2.1",
    payload,
    expiresAt: HOUR,
    ...changes,
  };
}

/** Opens a folder at a time of the wall's and of a clock that begins at 0 in each process. */
function open(folder: TemporaryFolder, wall: number, reports: StoreReport[] = []) {
  const wallNow = typeof wall === "number" ? () => wall : wall;
  const observer = (report: StoreReport) => reports.push(report);
  return SqliteStore.open({ folder: folder.path, observer, wallNow, now: () => 0 });
}

Deno.test("store on SQLite: registrations come back with the time that is left, in order", async () => {
  using folder = new TemporaryFolder();
  {
    using store = open(folder, WALL);
    for (const name of ["c", "a", "b", "gone"]) await store.claim(node(name), 0);
    await store.claim(node("short", { expiresAt: HOUR / 2 }), 0);
    await store.renew(node("a"), "192.0.2.1", 2 * HOUR, 0);
    await store.release(node("gone"), "192.0.2.1", 0);
  }
  using store = open(folder, WALL + HOUR / 2);
  assert.deepEqual(store.list("rendezvous", { group: "UnB" }, 0), [
    node("c", { expiresAt: HOUR / 2 }),
    node("a", { expiresAt: 1.5 * HOUR }),
    node("b", { expiresAt: HOUR / 2 }),
  ]);
  await store.claim(node("d"), 0);
  assert.deepEqual(store.list("rendezvous", {}, 0).map(({ id }) => id.at(-1)), [
    "c",
    "a",
    "b",
    "d",
  ]);
});

Deno.test("store on SQLite: a wall clock that was set back makes no lease longer", async () => {
  using folder = new TemporaryFolder();
  {
    using store = open(folder, WALL);
    await store.claim(node("a"), 0);
  }
  {
    using store = open(folder, WALL - 1000 * HOUR);
    assert.equal(store.find(node("a"), 0)?.expiresAt, HOUR);
  }
  using store = open(folder, WALL + HOUR);
  assert.equal(store.find(node("a"), 0), null);
});

Deno.test("store on SQLite: users of chat and calls end with the process", async () => {
  using folder = new TemporaryFolder();
  {
    using store = open(folder, WALL);
    for (const service of ["chat", "call", "music", "rendezvous"]) {
      const claim = store.claim(node("a", { service }), 0);
      assert.equal(claim instanceof Promise, service === "music" || service === "rendezvous");
      await claim;
    }
  }
  using store = open(folder, WALL);
  const there = ["chat", "call", "music", "rendezvous"].filter((service) =>
    store.list(service, {}, 0).length > 0
  );
  assert.deepEqual(there, ["music", "rendezvous"]);
});

Deno.test("store on SQLite: a full disk refuses what is new, is told once, and recovers", async () => {
  using folder = new TemporaryFolder();
  const reports: StoreReport[] = [];
  const big = "x".repeat(20_000);
  {
    using store = open(folder, WALL, reports);
    await store.claim(node("first"), 0);
    const { database } = store.rows;
    const pages = database.prepare("PRAGMA page_count").get()!["page_count"];
    database.exec(`PRAGMA max_page_count = ${pages}`);
    const claims = await Promise.all([
      store.claim(node("new", { payload: big }), 0),
      store.claim(node("first", { payload: big }), 0),
    ]);
    assert.deepEqual(claims, [{ outcome: "full" }, { outcome: "full" }]);
    assert.deepEqual(await store.claim(node("new", { payload: big }), 0), { outcome: "full" });
    assert.deepEqual(store.find(node("first"), 0), node("first"));
    assert.equal(store.find(node("new"), 0), null);
    assert.deepEqual(await store.claim(node("Ana", { service: "chat" }), 0), {
      outcome: "claimed",
    });
    assert.deepEqual(reports.map(({ kind }) => kind), ["store_failed"]);
    database.exec("PRAGMA max_page_count = 100000");
    assert.deepEqual(await store.claim(node("new", { payload: big }), 0), { outcome: "claimed" });
    assert.deepEqual(reports.map(({ kind }) => kind), ["store_failed", "store_recovered"]);
  }
  using store = open(folder, WALL);
  assert.deepEqual(store.list("rendezvous", {}, 0), [node("first"), node("new", { payload: big })]);
});

Deno.test("store on SQLite: what the disk refuses is as if it had not been asked", async () => {
  using folder = new TemporaryFolder();
  using store = open(folder, WALL);
  for (const name of ["a", "b", "c"]) await store.claim(node(name), 0);
  store.rows.database.exec("PRAGMA query_only = 1");
  const refused = await Promise.all([
    store.claim(node("a", { holder: "other", payload: 1 }), 0),
    store.release(node("a"), "other", 0),
    store.renew(node("b"), "192.0.2.1", 2 * HOUR, 0),
    store.release(node("b"), "192.0.2.1", 0),
    store.claim(node("b", { owner: "new", holder: "new" }), 0),
    store.renew(node("c"), "192.0.2.1", 2 * HOUR, 0),
    store.claim(node("d"), 0),
    store.release(node("d"), "192.0.2.1", 0),
  ]);
  const full = { outcome: "full" };
  assert.deepEqual(refused, [full, false, false, false, full, false, full, false]);
  const byId = (a: Registration, b: Registration) => a.id < b.id ? -1 : 1;
  const left = [...store.list("rendezvous", {}, 0)].sort(byId);
  assert.deepEqual(left, ["a", "b", "c"].map((name) => node(name)));
  store.rows.database.exec("PRAGMA query_only = 0");
});

Deno.test("store on SQLite: what ran out is gone from the disk too", async () => {
  using folder = new TemporaryFolder();
  using store = open(folder, WALL);
  for (const name of ["a", "b"]) await store.claim(node(name), 0);
  await store.claim(node("late", { expiresAt: 3 * HOUR }), 0);
  assert.equal(store.expire(2 * HOUR).length, 2);
  await store.claim(node("new", { expiresAt: 3 * HOUR }), 2 * HOUR);
  const rows = store.rows.database.prepare("SELECT id FROM registrations ORDER BY seq").all();
  assert.deepEqual(rows.map(({ id }) => id), ["192.0.2.1 late", "192.0.2.1 new"]);
});

Deno.test("store on SQLite: a claim at a place that ran out is written once", async () => {
  using folder = new TemporaryFolder();
  {
    using store = open(folder, WALL);
    await store.claim(node("a", { expiresAt: 10 }), 0);
    await store.claim(node("a", { owner: "other", holder: "other" }), 20);
    store.expire(30);
  }
  using store = open(folder, WALL);
  assert.equal(store.list("rendezvous", {}, 0)[0]?.owner, "other");
});

Deno.test("store on SQLite: closing writes what waits; later changes are refused", async () => {
  using folder = new TemporaryFolder();
  const store = open(folder, WALL);
  const claim = store.claim(node("a"), 0);
  store[Symbol.dispose]();
  store[Symbol.dispose]();
  assert.deepEqual(await claim, { outcome: "claimed" });
  assert.deepEqual(await store.claim(node("b"), 0), { outcome: "full" });
  using again = open(folder, WALL);
  assert.deepEqual(again.list("rendezvous", {}, 0).map(({ id }) => id), ["192.0.2.1 a"]);
});

Deno.test("store on SQLite: the memory keeps its capacity", async () => {
  using folder = new TemporaryFolder();
  const memory = new MemoryStore({ records: 1, recordsPerOwner: 1 });
  using store = SqliteStore.open({ folder: folder.path, observer() {}, memory });
  assert.deepEqual(await store.claim(node("a"), 0), { outcome: "claimed" });
  assert.deepEqual(await store.claim(node("b"), 0), { outcome: "full" });
});

Deno.test("store on SQLite: the file is an ordinary one, checked by SQLite itself", async () => {
  using folder = new TemporaryFolder();
  {
    using store = open(folder, WALL);
    for (let i = 0; i < 500; i++) store.claim(node(`n${i}`), 0);
    await store.claim(node("last"), 0);
  }
  using database = new DatabaseSync(folder.file("directory.sqlite"));
  assert.equal(database.prepare("PRAGMA integrity_check").get()?.["integrity_check"], "ok");
  assert.equal(database.prepare("SELECT count(*) AS n FROM registrations").get()?.["n"], 501);
});
