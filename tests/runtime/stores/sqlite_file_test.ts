import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { seededRandom } from "../../../lib/base/random.ts";
import type { FileTrouble } from "../../../lib/base/file_trouble.ts";
import type { Registration } from "../../../lib/directory/store.ts";
import { DataError, type DataFault } from "../../../lib/runtime/stores/sqlite_file.ts";
import { SqliteStore } from "../../../lib/runtime/stores/sqlite_store.ts";
import { TemporaryFolder } from "./temporary_folder.ts";

const FILE = "directory.sqlite";
const HOUR = 3_600_000;
/** Bytes of a row around its payload, at the least: see "Record Format" of SQLite's format. */
const ROW = { before: 25, after: 17 } as const;

function open(folder: TemporaryFolder): SqliteStore {
  return SqliteStore.open({ folder: folder.path, observer() {} });
}

function node(id: string): Registration {
  const payload = { text: id.repeat(20) };
  const expiresAt = performance.now() + HOUR;
  return { service: "music", group: "", id, owner: "o", holder: "h", payload, expiresAt };
}

/** A folder with a directory of some pages; with `wal`, as a crash leaves it. */
async function filled(count: number, wal = false): Promise<TemporaryFolder> {
  const folder = new TemporaryFolder();
  const store = open(folder);
  const ids = Array.from({ length: count }, (_, i) => `node ${i}`);
  await Promise.all(ids.map(async (id) => await store.claim(node(id), performance.now())));
  const left = wal ? folder.contents() : null;
  store[Symbol.dispose]();
  for (const [name, bytes] of left ?? []) {
    Deno.writeFileSync(folder.file(name), bytes);
  }
  return folder;
}

/** Opening has to fail in this way and leave every byte as it is. */
function refuses(folder: TemporaryFolder, fault: DataFault, what: string): void {
  const before = folder.sums;
  const failed = (error: unknown) => error instanceof DataError && error.fault === fault;
  assert.throws(() => open(folder)[Symbol.dispose](), failed, what);
  assert.deepEqual(folder.sums, before, what);
}

const STRANGERS: readonly (readonly [string, (path: string) => void])[] = [
  ["a text", (path) => Deno.writeTextFileSync(path, "Dear diary".repeat(100))],
  ["a short text", (path) => Deno.writeTextFileSync(path, "hello")],
  ["an empty file", (path) => Deno.writeTextFileSync(path, "")],
  ["zeros", (path) => Deno.writeFileSync(path, new Uint8Array(8192))],
  ["another program's database", (path) => {
    using database = new DatabaseSync(path);
    database.exec("CREATE TABLE registrations (a); INSERT INTO registrations VALUES (1)");
  }],
];

for (const [what, write] of STRANGERS) {
  Deno.test(`directory on disk: ${what} is foreign and left untouched`, () => {
    using folder = new TemporaryFolder();
    write(folder.file(FILE));
    refuses(folder, "foreign", what);
  });
}

for (const version of [1, 3]) {
  Deno.test(`directory on disk: a file of version ${version} is left untouched`, async () => {
    using folder = await filled(3);
    {
      using database = new DatabaseSync(folder.file(FILE));
      database.exec(`PRAGMA journal_mode = DELETE; PRAGMA user_version = ${version}`);
    }
    refuses(folder, "other_version", `version ${version}`);
  });
}

Deno.test("directory on disk: one that lacks the table is damaged", async () => {
  using folder = await filled(3);
  {
    using database = new DatabaseSync(folder.file(FILE));
    database.exec("DROP TABLE registrations");
  }
  refuses(folder, "damaged", "without table");
});

for (const wal of [false, true]) {
  const what = wal ? "as a crash left it" : "that was closed";
  Deno.test(`directory on disk ${what}: cut short, it is refused or whole, and untouched`, async () => {
    for (const kept of [0.1, 0.5, 0.9]) {
      using folder = await filled(300, wal);
      const { size } = Deno.statSync(folder.file(FILE));
      Deno.truncateSync(folder.file(FILE), Math.floor(size * kept));
      const before = folder.sums;
      try {
        using store = open(folder);
        // The write-ahead log had all that the file has lost.
        assert.ok(wal);
        assert.equal(store.list("music", {}, performance.now()).length, 300);
      } catch (error) {
        assert.ok(error instanceof DataError, String(error));
        assert.ok(["damaged", "foreign"].includes(error.fault));
        assert.deepEqual(folder.sums, before);
      }
    }
  });
}

/** Opens with clocks that stand still: ends of leases can be compared to the millisecond. */
function openAt(folder: TemporaryFolder, wall: number): SqliteStore {
  return SqliteStore.open({
    folder: folder.path,
    observer() {},
    wallNow: () => wall,
    now: () => 0,
  });
}

Deno.test("directory on disk: a byte that changed is never read as something else", async () => {
  const random = seededRandom(6);
  const wall = Date.UTC(2026, 0, 1);
  const rows = Array.from(
    { length: 200 },
    (_, i) => ({ ...node(`node ${i}`), expiresAt: HOUR + i }),
  );
  const renewed = rows.map((row, i) => ({ ...row, expiresAt: 2 * HOUR - i }));
  using whole = new TemporaryFolder();
  {
    using store = openAt(whole, wall);
    await Promise.all(rows.map(async (row) => await store.claim(row, 0)));
  }
  const bytes = Deno.readFileSync(whole.file(FILE));
  /** Whether the file is refused with this byte in it; if not, it has to work as if it were whole. */
  const refusedWith = async (at: number, byte: number): Promise<boolean> => {
    using folder = new TemporaryFolder();
    Deno.writeFileSync(folder.file(FILE), bytes.with(at, byte));
    const before = folder.sums;
    try {
      using store = openAt(folder, wall);
      assert.deepEqual(store.list("music", {}, 0), rows, `byte ${at}`);
      const renewals = renewed.map((row) => store.renew(row, row.holder, row.expiresAt, 0));
      assert.ok((await Promise.all(renewals)).every((done) => done), `byte ${at}`);
    } catch (error) {
      assert.ok(error instanceof DataError, `byte ${at}: ${error}`);
      assert.deepEqual(folder.sums, before, `byte ${at}`);
      return true;
    }
    using store = openAt(folder, wall);
    assert.deepEqual(store.list("music", {}, 0), renewed, `byte ${at}`);
    return false;
  };
  const flipped = (at: number) => bytes[at]! ^ (1 << Math.floor(random() * 8));

  // A row is its columns' types and texts, the payload, and then all of its numbers.
  const payload = new TextEncoder().encode(JSON.stringify(rows[77]!.payload));
  const begin = new TextDecoder("latin1").decode(bytes).indexOf(String.fromCharCode(...payload));
  const end = begin + payload.length;
  assert.ok(begin > 0);
  for (let at = begin - ROW.before; at < end + ROW.after; at++) {
    if (at === begin) at = end;
    assert.ok(await refusedWith(at, flipped(at)), `byte ${at - begin} from the payload`);
  }
  for (let i = 0; i < 60; i++) {
    const at = Math.floor(random() * bytes.length);
    await refusedWith(at, flipped(at));
  }
});

Deno.test("directory on disk: two servers cannot have one folder", async () => {
  using folder = new TemporaryFolder();
  using store = open(folder);
  const failed = (error: unknown) => error instanceof DataError && error.fault === "in_use";
  assert.throws(() => open(folder), failed);
  const claim = await store.claim(node("a"), performance.now());
  assert.deepEqual(claim, { outcome: "claimed" });
});

Deno.test("directory on disk: folders that cannot be made or written are unusable", () => {
  using folder = new TemporaryFolder();
  Deno.writeTextFileSync(folder.file("file"), "");
  const failed = (trouble: FileTrouble | null) => (error: unknown) =>
    error instanceof DataError && error.fault === "unusable" && error.trouble === trouble;
  const at = (path: string) => () => SqliteStore.open({ folder: path, observer() {} });
  assert.throws(at(folder.file("file")), failed("no_folder"));
  assert.throws(at(folder.file("file/below")), failed("no_folder"));
  // Not to be made, whoever asks.
  assert.throws(at("/proc/prosa"), failed("no_folder"));
});

Deno.test("directory on disk: SQLite's own words are the usual troubles too", () => {
  const trouble = (words: string) => new DataError("unusable", "x", new Error(words)).trouble;
  assert.equal(trouble("database or disk is full"), "full_disk");
  assert.equal(trouble("attempt to write a readonly database"), "read_only");
  assert.equal(trouble("unable to open database file"), "denied");
  assert.equal(trouble("disk I/O error"), null);
});

Deno.test("directory on disk: a draft that a crash left is made anew", async () => {
  using folder = new TemporaryFolder();
  Deno.writeTextFileSync(folder.file(`${FILE}.new`), "half");
  Deno.writeTextFileSync(folder.file(`${FILE}.new-journal`), "half");
  using store = open(folder);
  assert.deepEqual(await store.claim(node("a"), performance.now()), { outcome: "claimed" });
});

Deno.test({
  name: "directory on disk: without permission, that is what it says",
  permissions: { read: true, write: false },
  fn() {
    const failed = (error: unknown) =>
      error instanceof DataError && error.fault === "not_permitted";
    assert.throws(() => SqliteStore.open({ folder: "/tmp/none", observer() {} }), failed);
  },
});
