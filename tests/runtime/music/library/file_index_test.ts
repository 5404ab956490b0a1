import assert from "node:assert/strict";
import type { StorageFault } from "../../../../lib/music/library_status.ts";
import { FileIndex } from "../../../../lib/runtime/music/library/file_index.ts";
import type { IndexEntry } from "../../../../lib/runtime/music/library/index_entry.ts";
import { describe } from "../../../music/sim/sample_file.ts";
import { TemporaryFolder } from "../../temporary_folder.ts";
import { TriedLibrary } from "./library_fixture.ts";
import { noise } from "./tagged_files.ts";

const FILE = "shared_files.jsonl";

function entry(number: number, path = `/music/${number} ñ.mp3`): IndexEntry {
  const { shared, pieces } = describe(noise(10, number));
  return {
    path,
    stamp: { size: 10, changed: 1000 + number },
    content: { id: shared.id, pieces, digests: new Uint8Array(shared.digests) },
    tags: { title: "T", artist: "", seconds: number === 1 ? null : 1.5 },
  };
}

async function open(path: string | null) {
  const faults: StorageFault[] = [];
  const index = await FileIndex.open(path, (fault) => faults.push(fault));
  return { index, faults };
}

/** An index of so many entries in a folder. */
async function indexed(folder: TemporaryFolder, count: number): Promise<void> {
  await using index = (await open(folder.path)).index;
  for (let number = 1; number <= count; number += 1) index.add(entry(number));
}

/** How many of so many entries are found. */
async function found(folder: TemporaryFolder, count: number): Promise<number> {
  const { index, faults } = await open(folder.path);
  await using _ = index;
  assert.deepEqual(faults, []);
  let found = 0;
  for (let number = 1; number <= count; number += 1) {
    const wanted = entry(number);
    const one = index.find(wanted.path, wanted.stamp);
    if (one === null) continue;
    assert.deepEqual(one, wanted);
    found += 1;
  }
  assert.equal(index.size, found, "nothing that was not written");
  return found;
}

Deno.test("index: what was found out is known the next time, as it was", async () => {
  await using folder = await TemporaryFolder.make();
  await indexed(folder, 3);
  assert.equal(await found(folder, 3), 3);
  const { mode } = await Deno.stat(folder.at(FILE));
  assert.equal(mode! & 0o777, 0o600);
});

Deno.test("index: a file of another size or time is another file", async () => {
  const { index } = await open(null);
  await using _ = index;
  const { path, stamp } = entry(1);
  index.add(entry(1));
  assert.notEqual(index.find(path, stamp), null);
  assert.equal(index.find(path, { ...stamp, size: 11 }), null);
  assert.equal(index.find(path, { ...stamp, changed: 5 }), null);
  assert.equal(index.find("/other", stamp), null);
  index.add({ ...entry(2), stamp: { size: 10, changed: null } });
  assert.equal(index.size, 1, "without a time nothing is known");
});

Deno.test("index: damaged lines are left out, and the file is made whole again", async () => {
  for (
    const damage of [
      (text: string) => text.slice(0, -20),
      (text: string) => text.slice(20),
      (text: string) => text.replace('"T"', '"U"'),
      (text: string) => text.replace('"size":10', '"size":11'),
      (text: string) => `${text}{"half":`,
      (text: string) => `garbage\n${text}\n\n[]\nnull\n`,
      (text: string) => `${"x".repeat(5_000_000)}\n${text}`,
    ]
  ) {
    await using folder = await TemporaryFolder.make();
    await indexed(folder, 3);
    await Deno.writeTextFile(folder.at(FILE), damage(await Deno.readTextFile(folder.at(FILE))));
    const left = await found(folder, 3);
    assert.ok(left >= 2, damage.toString());
    const lines = (await Deno.readTextFile(folder.at(FILE))).split("\n");
    assert.equal(lines.length, left + 1);
    await indexed(folder, 3);
    assert.equal(await found(folder, 3), 3);
    assert.deepEqual(await folder.names(), [FILE]);
  }
});

Deno.test("index: random bytes are no index", async () => {
  await using folder = await TemporaryFolder.make();
  await folder.write(FILE, noise(300_000));
  assert.equal(await found(folder, 3), 0);
  assert.equal((await Deno.stat(folder.at(FILE))).size, 0);
});

Deno.test("index: lines of the same files do not pile up", async () => {
  await using folder = await TemporaryFolder.make();
  await indexed(folder, 1);
  const line = await Deno.readTextFile(folder.at(FILE));
  await Deno.writeTextFile(folder.at(FILE), line.repeat(500));
  assert.equal(await found(folder, 1), 1);
  assert.equal(await Deno.readTextFile(folder.at(FILE)), line);
});

Deno.test("index: a folder that cannot be is told once, and all goes on in memory", async () => {
  await using folder = await TemporaryFolder.make();
  const file = await folder.write("file", "");
  const { index, faults } = await open(`${file}/index`);
  await using _ = index;
  index.add(entry(1));
  assert.notEqual(index.find(entry(1).path, entry(1).stamp), null);
  assert.deepEqual(faults.map(({ why }) => why), ["no_folder"]);
});

Deno.test({
  name: "index: without --allow-write in memory only, and said",
  permissions: { read: true, write: false },
  async fn() {
    const { index, faults } = await open("/index");
    await using _ = index;
    assert.deepEqual(faults, [{ why: "permission", path: "/index", flag: "--allow-write" }]);
    index.add(entry(1));
    assert.equal(index.size, 1);
  },
});

Deno.test("index: a file that cannot be written is told once", async () => {
  await using folder = await TemporaryFolder.make();
  const { index, faults } = await open(folder.path);
  await Deno.mkdir(folder.at(FILE));
  index.add(entry(1));
  await index[Symbol.asyncDispose]();
  index.add(entry(2));
  await index[Symbol.asyncDispose]();
  assert.deepEqual(faults.map(({ why, path }) => [why, path]), [["is_folder", folder.at(FILE)]]);
});

Deno.test("index: a library reads each file once in its life", async () => {
  await using folder = await TemporaryFolder.make();
  await using index = await TemporaryFolder.make();
  const path = await folder.write("a.mp3", noise(1000));
  const { mtime } = await Deno.stat(path);
  const id = async () => {
    await using tried = await TriedLibrary.open(index.path);
    await tried.share(folder.path);
    return tried.file("a.mp3").id;
  };
  const first = await id();
  // Another content that looks the same: who does not read it does not see that.
  await Deno.writeFile(path, noise(1000, 2));
  await Deno.utime(path, mtime!, mtime!);
  assert.equal(await id(), first);
  await Deno.utime(path, 5, 5);
  assert.equal(await id(), describe(noise(1000, 2)).shared.id);
});
