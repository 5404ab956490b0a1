import assert from "node:assert/strict";
import { relative } from "node:path";
import { LIBRARY_LIMITS } from "../../../../lib/runtime/music/library/limits.ts";
import { walk } from "../../../../lib/runtime/music/library/walk.ts";
import { TemporaryFolder } from "../../temporary_folder.ts";

const never = new AbortController().signal;

async function found(folder: TemporaryFolder, limits = {}) {
  const all = await walk(folder.path, never, { ...LIBRARY_LIMITS, ...limits });
  return { ...all, files: all.files.map(({ path }) => relative(folder.path, path)).sort() };
}

Deno.test("walk: music by its ending, however it is spelled; nothing hidden, nothing else", async () => {
  await using folder = await TemporaryFolder.make();
  const music = ["a.mp3", "b.OGG", "c.oga", "d.opus", "e.Flac", "f.wav", "g.m4a", "x y/ñ.aac"];
  const others = ["cover.jpg", ".hidden.mp3", ".git/a.mp3", "mp3", ".mp3", "a.mp3.part", "b.mp"];
  for (const name of [...music, ...others]) await folder.write(name, "x");
  await Deno.mkdir(folder.at("folder.mp3"));
  const { files, ...rest } = await found(folder);
  assert.deepEqual(files, [...music].sort());
  assert.deepEqual(rest, { unreadable: 0, cut: false, fault: null });
});

Deno.test("walk: links are not followed, in or out, nor round and round", async () => {
  await using folder = await TemporaryFolder.make();
  await using elsewhere = await TemporaryFolder.make();
  await elsewhere.write("secret.mp3", "x");
  await folder.write("in/a.mp3", "x");
  await Deno.symlink(elsewhere.path, folder.at("out"));
  await Deno.symlink(elsewhere.at("secret.mp3"), folder.at("b.mp3"));
  await Deno.symlink(folder.path, folder.at("in", "round"));
  assert.deepEqual((await found(folder)).files, ["in/a.mp3"]);
});

Deno.test("walk: what is too deep or too much is cut off, and said to be", async () => {
  await using folder = await TemporaryFolder.make();
  for (const name of ["0.mp3", "1/1.mp3", "1/2/2.mp3", "1/2/3/3.mp3"]) await folder.write(name, "");
  const cut = async (limits: object) => {
    const { files, cut } = await found(folder, limits);
    return cut ? files.length : "all";
  };
  assert.equal(await cut({}), "all");
  assert.equal(await cut({ depth: 2 }), 3);
  assert.equal(await cut({ files: 2 }), 2);
  assert.equal(await cut({ walkedFolders: 2 }), 2);
  assert.equal(
    await cut({ walkedEntries: 1 }),
    (await found(folder, { walkedEntries: 1 })).files.length,
  );
});

Deno.test("walk: a folder that is not there is a fault; one that ends is cut", async () => {
  await using folder = await TemporaryFolder.make();
  const missing = await walk(folder.at("no"), never);
  assert.deepEqual(missing.fault, { why: "not_found", path: folder.at("no") });
  const file = await folder.write("a.mp3", "");
  assert.equal((await walk(file, never)).fault?.why, "no_folder");
  assert.equal((await walk(folder.path, AbortSignal.abort())).cut, true);
});
