import assert from "node:assert/strict";
import { PlayCache } from "../../../../lib/runtime/music/downloads/play_cache.ts";
import { TriedLibrary } from "../library/library_fixture.ts";
import { TemporaryFolder } from "../../temporary_folder.ts";
import { begun, Song } from "./wanted_file.ts";

/** Fetches a song; used so many seconds after 1970. */
async function fetched(cache: PlayCache, song: Song, usedAt: number): Promise<string> {
  const download = begun(await cache.begin(song.wanted));
  await song.write(download, 0);
  const outcome = await download.finish(true);
  assert.ok(outcome.kind === "finished");
  await Deno.utime(`${cache.path}/${song.wanted.id}`, usedAt, usedAt);
  return outcome.path;
}

Deno.test("play cache: what was fetched is found, under its own name, and can be shared", async () => {
  await using folder = await TemporaryFolder.make();
  const cache = new PlayCache(folder.at("cache"), 1000);
  const song = new Song(100, "Wave.mp3");
  assert.equal(await cache.find(song.wanted.id), null);
  const download = begun(await cache.begin(song.wanted));
  assert.equal(await cache.find(song.wanted.id), null, "not before it is whole");
  await song.write(download, 0);
  await download.finish(true);
  const path = await cache.find(song.wanted.id);
  assert.equal(path, folder.at("cache", song.wanted.id, "Wave.mp3"));
  await using tried = await TriedLibrary.open();
  await tried.share(cache.path);
  assert.equal(tried.file("Wave.mp3").id, song.wanted.id);
});

Deno.test("play cache: the least recently used goes; what is found counts as used", async () => {
  await using folder = await TemporaryFolder.make();
  const cache = new PlayCache(folder.path, 250);
  const songs = [1, 2, 3].map((seed) => new Song(100, "song.mp3", seed));
  const [a, b, c] = songs as [Song, Song, Song];
  await fetched(cache, a, 100);
  await fetched(cache, b, 200);
  assert.notEqual(await cache.find(a.wanted.id), null);
  await fetched(cache, c, 300);
  const there = await Promise.all(songs.map(({ wanted }) => cache.find(wanted.id)));
  assert.deepEqual(there.map((path) => path !== null), [true, false, true]);
  assert.equal(await cache.trim(), 200);
});

Deno.test("play cache: what is in use stays, and what is no song is not touched", async () => {
  await using folder = await TemporaryFolder.make();
  await folder.write("mine/song.mp3", new Uint8Array(1000));
  await folder.write("library.jsonl", new Uint8Array(1000));
  const cache = new PlayCache(folder.path, 150);
  const [a, b] = [new Song(100), new Song(100, "b.mp3", 2)];
  await fetched(cache, a, 100);
  const kept = cache.keep(a.wanted.id);
  const again = cache.keep(a.wanted.id);
  kept[Symbol.dispose]();
  kept[Symbol.dispose]();
  await fetched(cache, b, 200);
  assert.notEqual(await cache.find(a.wanted.id), null);
  again[Symbol.dispose]();
  await Deno.utime(folder.at(a.wanted.id), 100, 100);
  assert.equal(await cache.trim(), 100);
  assert.deepEqual(await folder.names(), [b.wanted.id, "library.jsonl", "mine"].sort());
});

Deno.test("play cache: a song larger than the cache is fetched, and goes when it is not used", async () => {
  await using folder = await TemporaryFolder.make();
  const cache = new PlayCache(folder.path, 50);
  const song = new Song(100);
  using kept = cache.keep(song.wanted.id);
  await fetched(cache, song, 100);
  assert.equal(await cache.trim(), 100);
  kept[Symbol.dispose]();
  assert.equal(await cache.trim(), 0);
  assert.equal(await cache.find(song.wanted.id), null);
});

Deno.test("play cache: an id that is none touches nothing", async () => {
  await using folder = await TemporaryFolder.make();
  const cache = new PlayCache(folder.at("cache"), 50);
  const outcome = await cache.begin({ id: "../x", name: "a", size: 1 });
  assert.equal(outcome.kind, "fault");
  assert.equal(await cache.find(".."), null);
  assert.deepEqual(await folder.names(), []);
});

Deno.test({
  name: "play cache: without permissions there is none",
  permissions: { read: false, write: false },
  async fn() {
    const cache = new PlayCache("/cache", 50);
    const song = new Song(1);
    assert.equal(await cache.find(song.wanted.id), null);
    assert.equal(await cache.trim(), 0);
    const outcome = await cache.begin(song.wanted);
    assert.ok(outcome.kind === "fault" && outcome.fault.why === "permission");
  },
});
