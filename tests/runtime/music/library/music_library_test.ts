import assert from "node:assert/strict";
import { PIECE_BYTES } from "../../../../lib/protocol/music/transfer_geometry.ts";
import type { LibraryStatus } from "../../../../lib/music/library_status.ts";
import { until } from "../../line_client.ts";
import { describe } from "../../../music/sim/sample_file.ts";
import { TemporaryFolder } from "../../temporary_folder.ts";
import { TriedLibrary } from "./library_fixture.ts";
import { noise, SECONDS, wavFile } from "./tagged_files.ts";

const WORDS = { title: "Wave", artist: "Tom" };

Deno.test("library: a folder's files, with digests, tags and sizes", async () => {
  await using folder = await TemporaryFolder.make();
  const bytes = wavFile(WORDS);
  await folder.write("A/B/wave.wav", bytes);
  await folder.write("noise.mp3", noise(PIECE_BYTES + 5));
  await folder.write("cover.jpg", "no music");
  await using tried = await TriedLibrary.open();
  await tried.share(folder.path);
  await tried.has("noise.mp3", "wave.wav");
  const { shared: { id, digests }, pieces } = describe(bytes);
  assert.deepEqual(tried.file("wave.wav"), {
    ...{ id, name: "wave.wav", size: bytes.length, ...WORDS, seconds: SECONDS, pieces },
  });
  assert.deepEqual(tried.library.file(id), {
    ...{ id, name: "wave.wav", size: bytes.length, digests },
  });
  assert.equal(tried.library.file("0".repeat(64)), null);
  await until(() => tried.changes > 0, "told");
  assert.deepEqual(tried.told, [{ kind: "folder_read", folder: tried.library.folders()[0] }]);
  assert.deepEqual(tried.library.folders(), [
    { path: folder.path, files: 2, unreadable: 0, cut: false, fault: null, reading: false },
  ]);
});

Deno.test("library: the same song twice is one, and stays while one of them does", async () => {
  await using folder = await TemporaryFolder.make();
  const first = await folder.write("a.mp3", noise(100));
  await folder.write("b.mp3", noise(100));
  await using tried = await TriedLibrary.open();
  await tried.share(folder.path);
  assert.equal(tried.library.files().length, 1);
  const { id } = tried.library.files()[0]!;
  await Deno.remove(first);
  const opened = await tried.library.open(id);
  assert.ok(opened.kind === "open");
  using reader = opened.reader;
  assert.equal(reader.path, folder.at("b.mp3"));
});

Deno.test("library: what comes, changes and goes while it is shared", async () => {
  await using folder = await TemporaryFolder.make();
  await using tried = await TriedLibrary.open();
  await tried.share(folder.path);
  await folder.write("one.mp3", noise(10));
  await tried.has("one.mp3");
  const { id } = tried.file("one.mp3");
  await folder.write("new/folder/two.ogg", noise(20));
  await tried.has("one.mp3", "two.ogg");
  await folder.write("one.mp3", noise(30));
  await until(() => tried.file("one.mp3")?.size === 30, "read again");
  assert.notEqual(tried.file("one.mp3").id, id);
  await Deno.rename(folder.at("new"), folder.at("other"));
  await folder.write("three.flac", noise(40));
  await tried.has("one.mp3", "three.flac", "two.ogg");
  await Deno.remove(folder.at("other"), { recursive: true });
  await Deno.remove(folder.at("one.mp3"));
  await tried.has("three.flac");
});

Deno.test("library: a file that is still growing is waited for", async () => {
  await using folder = await TemporaryFolder.make();
  await using tried = await TriedLibrary.open(null, { settle: 200 });
  let bytes = 1000;
  await folder.write("growing.mp3", noise(bytes));
  await tried.library.share(folder.path);
  for (let round = 0; round < 8; round += 1) {
    bytes += 1000;
    await folder.write("growing.mp3", noise(bytes));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(tried.names, [], "shared before it was whole");
  }
  await tried.has("growing.mp3");
  assert.equal(tried.file("growing.mp3").size, bytes);
  const read = tried.told.find((status) => status.kind === "folder_read");
  assert.equal(read?.folder.files, 1, "told when all of it was there");
});

Deno.test("library: a folder that is shared no more, by any of its names", async () => {
  await using folder = await TemporaryFolder.make();
  await folder.write("x/a.mp3", noise(10));
  await folder.write("y/b.mp3", noise(20));
  await Deno.symlink(folder.at("x"), folder.at("link"));
  await using tried = await TriedLibrary.open();
  await tried.share(folder.at("link"));
  await tried.share(folder.at("y"));
  await tried.has("a.mp3", "b.mp3");
  assert.deepEqual(await tried.library.share(folder.at("x")), {
    kind: "fault",
    fault: { why: "already_shared", path: folder.at("x") },
  });
  assert.equal(await tried.library.unshare(folder.at("link")), folder.at("x"));
  assert.deepEqual(tried.names, ["b.mp3"]);
  assert.equal(await tried.library.unshare(folder.at("x")), null);
  await Deno.remove(folder.at("y"), { recursive: true });
  assert.equal(await tried.library.unshare(folder.at("y")), folder.at("y"));
  assert.deepEqual(tried.library.folders(), []);
});

Deno.test("library: a folder that is none is a fault with its reason", async () => {
  await using folder = await TemporaryFolder.make();
  const file = await folder.write("a.mp3", noise(10));
  await using tried = await TriedLibrary.open();
  const fault = async (path: string) => {
    const outcome = await tried.library.share(path);
    return outcome.kind === "fault" && outcome.fault.why;
  };
  assert.equal(await fault(folder.at("nothing")), "not_found");
  assert.equal(await fault(file), "no_folder");
  assert.equal(await fault(folder.at("a.mp3/b")), "no_folder");
  assert.deepEqual(tried.library.folders(), []);
});

Deno.test({
  name: "library: without --allow-read, the flag",
  permissions: { read: false, write: false },
  async fn() {
    await using tried = await TriedLibrary.open();
    assert.deepEqual(await tried.library.share("/music"), {
      kind: "fault",
      fault: { why: "permission", path: "/music", flag: "--allow-read" },
    });
  },
});

Deno.test("library: a folder that goes away is told once, and its return", async () => {
  await using folder = await TemporaryFolder.make();
  await folder.write("disk/a.mp3", noise(10));
  await using tried = await TriedLibrary.open();
  await tried.share(folder.at("disk"));
  await Deno.rename(folder.at("disk"), folder.at("away"));
  await tried.has();
  await until(() => tried.kinds().includes("folder_lost"), "told");
  assert.equal(tried.library.folders()[0]!.fault?.why, "not_found");
  await Deno.rename(folder.at("away"), folder.at("disk"));
  await tried.has("a.mp3");
  assert.deepEqual(tried.kinds(), ["folder_read", "folder_lost", "folder_back"]);
  await folder.write("disk/b.mp3", noise(20));
  await tried.has("a.mp3", "b.mp3");
});

Deno.test("library: reads at an offset; a file that changed or went is a fault", async () => {
  await using folder = await TemporaryFolder.make();
  const bytes = noise(2 * PIECE_BYTES + 7);
  const path = await folder.write("a.mp3", bytes);
  await using tried = await TriedLibrary.open(null, { watchDelay: 60_000 });
  await tried.share(folder.path);
  const { id } = tried.file("a.mp3");
  const opened = await tried.library.open(id);
  assert.ok(opened.kind === "open");
  using reader = opened.reader;
  assert.equal(reader.size, bytes.length);
  const parts = [[PIECE_BYTES, PIECE_BYTES], [0, 10], [2 * PIECE_BYTES, PIECE_BYTES], [1e9, 5]];
  const read = await Promise.all(parts.map(([offset, length]) => reader.read(offset!, length!)));
  for (const [i, [offset, length]] of parts.entries()) {
    const part = read[i]!;
    assert.ok(part.kind === "bytes");
    assert.deepEqual(part.bytes, bytes.slice(offset, offset! + length!));
  }
  await Deno.writeFile(path, noise(bytes.length, 2));
  const changed = { kind: "fault", fault: { why: "changed", path } };
  assert.deepEqual(await reader.read(0, 10), changed);
  assert.deepEqual(await tried.library.open(id), changed);
  await Deno.remove(path);
  assert.deepEqual(await tried.library.open(id), {
    kind: "fault",
    fault: { why: "not_found", path },
  });
  assert.deepEqual(await tried.library.open("0"), {
    kind: "fault",
    fault: { why: "not_shared", path: "0" },
  });
  reader[Symbol.dispose]();
  assert.equal((await reader.read(0, 1)).kind, "fault");
});

Deno.test("library: a file that became a link to elsewhere is not opened", async () => {
  await using folder = await TemporaryFolder.make();
  await using elsewhere = await TemporaryFolder.make();
  const secret = await elsewhere.write("secret.mp3", noise(50));
  const path = await folder.write("a.mp3", noise(50));
  await Deno.utime(secret, 1, 1);
  await Deno.utime(path, 1, 1);
  await using tried = await TriedLibrary.open(null, { watchDelay: 60_000 });
  await tried.share(folder.path);
  await Deno.remove(path);
  await Deno.symlink(secret, path);
  const outcome = await tried.library.open(tried.file("a.mp3").id);
  assert.ok(outcome.kind === "fault" && outcome.fault.why === "not_found");
});

Deno.test("library: 2,000 files, with progress, and ended in the middle of it", async () => {
  await using folder = await TemporaryFolder.make();
  const bytes = noise(4000);
  for (let i = 0; i < 2000; i += 1) {
    new DataView(bytes.buffer).setUint32(0, i);
    await folder.write(`${i % 20}/${i}.mp3`, bytes);
  }
  await using tried = await TriedLibrary.open();
  await tried.share(folder.path);
  assert.equal(tried.library.files().length, 2000);
  const progress = tried.told.filter((one): one is LibraryStatus & { kind: "reading" } =>
    one.kind === "reading"
  );
  for (const { doneFiles, files, doneBytes } of progress) {
    assert.ok(doneFiles <= files && files <= 2000 && doneBytes <= 2000 * 4000);
  }
  if (progress.length > 0) assert.equal(progress.at(-1)!.doneFiles, progress.at(-1)!.files);
  const again = await TriedLibrary.open();
  await again.library.share(folder.path);
  await until(() => again.library.files().length > 10, "begun");
  await again[Symbol.asyncDispose]();
});
