/**
 * The directory on disk as a power cut leaves it: with an end of the write-ahead log that is missing
 * or not what was written, and as it is at any moment while a real server writes.
 *
 * @module
 */
import assert from "node:assert/strict";
import { seededRandom } from "../../../lib/base/random.ts";
import type { Registration } from "../../../lib/directory/store.ts";
import { SqliteStore } from "../../../lib/runtime/stores/sqlite_store.ts";
import { startServer } from "../../processes/programs.ts";
import { LineClient } from "../../runtime/line_client.ts";
import { eventually } from "../../runtime/stores/eventually.ts";
import { TemporaryFolder } from "../../runtime/stores/temporary_folder.ts";

const HOUR = 3_600_000;
const LOG = "directory.sqlite-wal";
const CUTS = 60;
const SNAPSHOTS = 8;
const WRITERS = 6;

function open(folder: TemporaryFolder): SqliteStore {
  return SqliteStore.open({ folder: folder.path, observer() {} });
}

function node(name: string): Registration {
  return {
    service: "rendezvous",
    group: "g",
    id: name,
    owner: "o",
    holder: "h",
    payload: { text: name.repeat(5) },
    expiresAt: performance.now() + HOUR,
  };
}

/** Enters all of these at once, in one commit. */
async function enter(store: SqliteStore, names: readonly string[]): Promise<void> {
  const now = performance.now();
  for (const claim of names.map((name) => store.claim(node(name), now))) {
    assert.deepEqual(await claim, { outcome: "claimed" });
  }
}

/** The names in a folder with these files. */
function namesIn(files: ReadonlyMap<string, Uint8Array>): string[] {
  using folder = new TemporaryFolder();
  for (const [name, bytes] of files) Deno.writeFileSync(folder.file(name), bytes);
  using store = open(folder);
  return store.list("rendezvous", {}, performance.now()).map(({ id }) => id).sort();
}

Deno.test("power is lost: all that was acknowledged is there, and of the rest a commit or none of it", async () => {
  const random = seededRandom(20);
  using folder = new TemporaryFolder();
  using store = open(folder);
  const [before, last] = [0, 1].map((batch) =>
    Array.from({ length: 40 }, (_, i) => `${batch} ${i}`).sort()
  );
  await enter(store, before!);
  const acknowledged = folder.contents().get(LOG)!.length;
  await enter(store, last!);
  const files = folder.contents();
  const log = files.get(LOG)!;
  assert.ok(log.length > acknowledged + 4096, "the log has grown");

  const seen = new Set<number>();
  const check = (damaged: Uint8Array<ArrayBuffer>, what: string) => {
    const names = namesIn(new Map(files).set(LOG, damaged));
    const there = names.filter((name) => last!.includes(name));
    assert.deepEqual(names.filter((name) => !last!.includes(name)), before, what);
    assert.ok(there.length === 0 || there.length === last!.length, `${what}: half of a commit`);
    seen.add(there.length);
  };
  check(log, "whole");
  for (let i = 0; i < CUTS; i++) {
    const at = acknowledged + Math.floor(random() * (log.length - acknowledged));
    check(log.slice(0, at), `cut at ${at}`);
    // Sectors that were never written: zeros, or what was there before.
    const torn = log.slice();
    const until = Math.min(log.length, at + 512);
    for (let byte = at; byte < until; byte += 1) torn[byte] = i % 2 === 0 ? 0 : random() * 256;
    check(torn, `torn at ${at}`);
  }
  assert.deepEqual([...seen].sort(), [0, last!.length].sort(), "both were seen");
});

Deno.test("at any moment while a server writes, what is on its disk has all that it acknowledged", async () => {
  const random = seededRandom(21);
  using folder = new TemporaryFolder();
  const permissions = [
    "--allow-net",
    `--allow-read=${folder.path}`,
    `--allow-write=${folder.path}`,
  ];
  await using server = await startServer(["--data", folder.path, "--quiet"], { permissions });
  const acknowledged = new Set<string>();
  const attempted = new Set<string>();
  let done = false;
  const write = async (writer: number) => {
    for (let i = 0; !done; i++) {
      const name = `w${writer} n${i}`;
      attempted.add(name);
      using client = await LineClient.connect(server.registryPort);
      await client.send(
        JSON.stringify({ type: "REGISTER", namespace: "g", name, port: 7000 + writer }) + "\n",
      );
      assert.match(await client.readLine() ?? "closed", /"OK"/);
      acknowledged.add(name);
    }
  };
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer));
  for (let i = 0; i < SNAPSHOTS; i++) {
    const wanted = acknowledged.size + 20 + random() * 60;
    while (acknowledged.size < wanted) await new Promise((resolve) => setTimeout(resolve, 1));
    // Stopped wherever it is, as by a power cut.
    const sure = [...acknowledged];
    server.program.kill("SIGSTOP");
    await stopped(server.program.pid);
    const files = folder.contents();
    server.program.kill("SIGCONT");
    const names = new Set(namesIn(files).map((id) => id.slice(id.indexOf(" ") + 1)));
    for (const name of sure) assert.ok(names.has(name), `${name} is lost in snapshot ${i}`);
    for (const name of names) assert.ok(attempted.has(name), `${name} was made up`);
  }
  done = true;
  await Promise.all(writers);
  assert.ok(acknowledged.size > 20 * SNAPSHOTS);
});

/** Resolves when a process stands still, with every one of its threads. */
async function stopped(pid: number): Promise<void> {
  const still = () =>
    [...Deno.readDirSync(`/proc/${pid}/task`)].every(({ name }) =>
      /\) [TZX] /.test(Deno.readTextFileSync(`/proc/${pid}/task/${name}/stat`))
    );
  await eventually(still, "the server stands still");
}
