import assert from "node:assert/strict";
import type { LibraryStatus } from "../../../../lib/music/library_status.ts";
import { stampOf } from "../../../../lib/runtime/music/library/file_stamp.ts";
import { ReadingQueue } from "../../../../lib/runtime/music/library/reading_queue.ts";
import type { FoundFile } from "../../../../lib/runtime/music/library/walk.ts";
import { describe } from "../../../music/sim/sample_file.ts";
import { TemporaryFolder } from "../../temporary_folder.ts";
import { TriedLibrary } from "./library_fixture.ts";
import { noise } from "./tagged_files.ts";

const MIB = 1024 * 1024;
const never = new AbortController().signal;

function queue() {
  const told: LibraryStatus[] = [];
  const bugs: unknown[] = [];
  return { queue: new ReadingQueue((one) => told.push(one), (bug) => bugs.push(bug)), told, bugs };
}

async function foundAt(path: string): Promise<FoundFile> {
  return { path, name: "x", stamp: (await stampOf(path))! };
}

Deno.test("reading: a file that changes meanwhile is to be read again", async () => {
  await using folder = await TemporaryFolder.make();
  const { queue: reading, bugs } = queue();
  const path = await folder.write("a.mp3", "");
  await Deno.truncate(path, 32 * MIB);
  const done = reading.read(await foundAt(path), never);
  await Deno.writeFile(path, noise(10), { append: true });
  assert.equal(await done, "changed");
  await Deno.truncate(path, 10);
  const found = await foundAt(path);
  assert.equal(
    await reading.read({ ...found, stamp: { ...found.stamp, changed: 1 } }, never),
    "changed",
  );
  await Deno.remove(path);
  assert.equal(await reading.read(found, never), "changed");
  assert.deepEqual(bugs, []);
});

Deno.test("reading: what is no file, and what is not wanted any more", async () => {
  await using folder = await TemporaryFolder.make();
  const { queue: reading } = queue();
  const stamp = { size: 1, changed: 1 };
  assert.equal(await reading.read({ path: folder.path, name: "x", stamp }, never), "changed");
  assert.equal(await reading.read({ path: "/dev/zero", name: "x", stamp }, never), "changed");
  const path = await folder.write("a.mp3", noise(10));
  assert.equal(await reading.read(await foundAt(path), AbortSignal.abort()), "ended");
  const end = new AbortController();
  await Deno.truncate(path, 64 * MIB);
  const done = reading.read(await foundAt(path), end.signal);
  end.abort();
  assert.equal(await done, "ended");
  await reading.idle;
});

Deno.test("reading: holds a piece of a large file, and others have their turn", async () => {
  await using folder = await TemporaryFolder.make();
  const { queue: reading } = queue();
  const path = await folder.write("a.mp3", noise(1000));
  await Deno.truncate(path, 256 * MIB);
  const before = Deno.memoryUsage();
  let [longest, last] = [0, performance.now()];
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const entry = await reading.read(await foundAt(path), never);
  clearInterval(watch);
  assert.ok(typeof entry !== "string" && entry.stamp.size === 256 * MIB);
  const { external, heapUsed } = Deno.memoryUsage();
  const grown = external + heapUsed - before.external - before.heapUsed;
  assert.ok(grown < 32 * MIB, `${grown} bytes more`);
  assert.ok(longest < 500, `nothing else for ${longest} ms`);
});

Deno.test("reading: files too large to travel are counted and not read, empty ones left out", async () => {
  await using folder = await TemporaryFolder.make();
  await folder.write("empty.mp3", "");
  await folder.write("good.mp3", noise(10));
  await Deno.truncate(await folder.write("huge.wav", ""), 17 * 1024 * MIB);
  await using tried = await TriedLibrary.open();
  await tried.share(folder.path);
  assert.deepEqual(tried.names, ["good.mp3"]);
  assert.equal(tried.library.folders()[0]!.unreadable, 1);
  assert.equal(tried.file("good.mp3").id, describe(noise(10)).shared.id);
});
