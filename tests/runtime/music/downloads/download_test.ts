import assert from "node:assert/strict";
import { PIECE_BYTES } from "../../../../lib/protocol/music/transfer_geometry.ts";
import type { StorageFault } from "../../../../lib/music/library_status.ts";
import { DownloadsFolder } from "../../../../lib/runtime/music/downloads/downloads_folder.ts";
import { sha256 } from "../../../../lib/runtime/music/library/file_digests.ts";
import { TemporaryFolder } from "../../temporary_folder.ts";
import { fullDisk } from "./full_disk.ts";
import { begun, Song } from "./wanted_file.ts";

const SIZE = 3 * PIECE_BYTES + 100;

Deno.test("download: pieces in any order, then the name; nothing else is left", async () => {
  await using folder = await TemporaryFolder.make();
  const song = new Song(SIZE);
  const downloads = new DownloadsFolder(folder.at("new", "folder"));
  const download = begun(await downloads.begin(song.wanted));
  assert.deepEqual([[...download.there.have], download.there.begun.pieces], [[], 0]);
  await song.write(download, 3, 1);
  assert.deepEqual(await folder.names("new/folder"), ["song.mp3.part", "song.mp3.part.state"]);
  assert.equal(download.complete, false);
  await song.write(download, 0, 2, 1);
  assert.equal(download.complete, true);
  const path = folder.at("new", "folder", "song.mp3");
  assert.deepEqual(await download.finish(false), { kind: "finished", path });
  assert.deepEqual(await folder.names("new/folder"), ["song.mp3"]);
  assert.equal(sha256(await Deno.readFile(path)), song.wanted.id);
  assert.deepEqual(await downloads.unfinished(), []);
});

Deno.test("download: what was there keeps its name, also when it comes meanwhile", async () => {
  await using folder = await TemporaryFolder.make();
  await folder.write("song.mp3", "mine");
  const song = new Song(10);
  const downloads = new DownloadsFolder(folder.path);
  const download = begun(await downloads.begin(song.wanted));
  await song.write(download, 0);
  await folder.write("song (2).mp3", "mine too");
  const outcome = await download.finish(true);
  assert.deepEqual(outcome, { kind: "finished", path: folder.at("song (3).mp3") });
  assert.equal(await Deno.readTextFile(folder.at("song.mp3")), "mine");
  assert.equal(await Deno.readTextFile(folder.at("song (2).mp3")), "mine too");
});

Deno.test("download: two songs of one name are two files", async () => {
  await using folder = await TemporaryFolder.make();
  const downloads = new DownloadsFolder(folder.path);
  const songs = [new Song(10), new Song(20, "song.mp3", 2)];
  const both = await Promise.all(songs.map(({ wanted }) => downloads.begin(wanted)));
  for (const [i, song] of songs.entries()) {
    const download = begun(both[i]!);
    await song.write(download, 0);
    assert.equal((await download.finish(false)).kind, "finished");
  }
  assert.deepEqual(await folder.names(), ["song (2).mp3", "song.mp3"]);
});

Deno.test("download: a name never leads out of the folder", async () => {
  await using folder = await TemporaryFolder.make();
  const downloads = new DownloadsFolder(folder.at("inner"));
  for (const name of ["../evil.mp3", "/etc/evil.mp3", "..", ".hidden", "a\0b"]) {
    const song = new Song(10, name);
    const download = begun(await downloads.begin(song.wanted));
    await song.write(download, 0);
    assert.equal((await download.finish(true)).kind, "finished");
  }
  assert.deepEqual(await folder.names(), ["inner"]);
  assert.deepEqual(
    await folder.names("inner"),
    ["_etc_evil.mp3", "_evil.mp3", "ab", "hidden", "music"],
  );
});

Deno.test("download: goes on after the program ended, with what is as it was", async () => {
  await using folder = await TemporaryFolder.make();
  const song = new Song(SIZE);
  {
    await using download = begun(await new DownloadsFolder(folder.path).begin(song.wanted));
    await song.write(download, 0, 1, 3);
  }
  // A disk that lost a piece, and a line that was cut off when the power went.
  using part = await Deno.open(folder.at("song.mp3.part"), { write: true });
  await part.seek(3 * PIECE_BYTES, Deno.SeekMode.Start);
  await part.write(Uint8Array.of(1, 2, 3));
  await Deno.writeTextFile(folder.at("song.mp3.part.state"), '{"piece":2,"sha', { append: true });
  const downloads = new DownloadsFolder(folder.path);
  assert.deepEqual(await downloads.unfinished(), [
    { wanted: song.wanted, file: "song.mp3", bytes: 2 * PIECE_BYTES + 100 },
  ]);
  const renamed = { ...song.wanted, name: "other.mp3" };
  const download = begun(await downloads.begin(renamed));
  assert.deepEqual([...download.there.have], [0, 1]);
  const { hasher, pieces } = download.there.begun;
  assert.equal(pieces, 2);
  hasher.update(song.piece(2));
  hasher.update(song.piece(3));
  assert.equal(hasher.digest().toHex(), song.wanted.id);
  await song.write(download, 2, 3);
  assert.deepEqual(await download.finish(false), {
    kind: "finished",
    path: folder.at("song.mp3"),
  });
});

Deno.test("download: damaged notes cost pieces and nothing else", async () => {
  const song = new Song(SIZE);
  for (
    const damage of [
      (notes: string) => notes.replace('"version":1', '"version":2'),
      (notes: string) => `x${notes}`,
      () => "",
      (notes: string) => notes.replaceAll(/"sha256":"./g, '"sha256":"'),
      (notes: string) => notes.replaceAll(/"piece":\d/g, '"piece":99'),
      (notes: string) => `${notes}\n[]\n{"piece":-1}\n{"piece":0.5,"sha256":7}\n`,
    ]
  ) {
    await using folder = await TemporaryFolder.make();
    const downloads = new DownloadsFolder(folder.path);
    {
      await using download = begun(await downloads.begin(song.wanted));
      await song.write(download, 0);
    }
    const notes = folder.at("song.mp3.part.state");
    await Deno.writeTextFile(notes, damage(await Deno.readTextFile(notes)));
    const download = begun(await downloads.begin(song.wanted));
    await song.write(download, ...[0, 1, 2, 3].filter((piece) => !download.have.has(piece)));
    const outcome = await download.finish(false);
    assert.ok(outcome.kind === "finished", damage.toString());
    assert.equal(sha256(await Deno.readFile(outcome.path)), song.wanted.id);
  }
});

Deno.test("download: notes without a file begin anew", async () => {
  await using folder = await TemporaryFolder.make();
  const song = new Song(SIZE);
  const downloads = new DownloadsFolder(folder.path);
  {
    await using download = begun(await downloads.begin(song.wanted));
    await song.write(download, 0);
  }
  await Deno.remove(folder.at("song.mp3.part"));
  await using download = begun(await downloads.begin(song.wanted));
  assert.equal(download.have.size, 0);
  assert.deepEqual(await folder.names(), ["song.mp3.part", "song.mp3.part.state"]);
});

Deno.test("download: only once at a time, in this program or another", async () => {
  await using folder = await TemporaryFolder.make();
  const song = new Song(SIZE);
  const downloads = new DownloadsFolder(folder.path);
  const first = begun(await downloads.begin(song.wanted));
  for (const other of [downloads, new DownloadsFolder(folder.path)]) {
    const outcome = await other.begin(song.wanted);
    assert.ok(outcome.kind === "fault" && outcome.fault.why === "in_progress");
  }
  await first[Symbol.asyncDispose]();
  await first[Symbol.asyncDispose]();
  await begun(await downloads.begin(song.wanted)).discard();
  assert.deepEqual(await folder.names(), []);
});

Deno.test("download: the wrong content is a fault, and nothing of it is kept", async () => {
  await using folder = await TemporaryFolder.make();
  const [song, other] = [new Song(SIZE), new Song(SIZE, "song.mp3", 2)];
  const download = begun(await new DownloadsFolder(folder.path).begin(song.wanted));
  await song.write(download, 0, 1, 2);
  await other.write(download, 3);
  const outcome = await download.finish(false);
  assert.ok(outcome.kind === "fault" && outcome.fault.why === "wrong_content");
  assert.deepEqual(await folder.names(), []);
  assert.equal((await download.write(0, song.piece(0)))?.why, "not_found");
  assert.equal((await download.finish(true)).kind, "fault");
});

Deno.test("download: a full disk is a fault with its name, and can be got over", async () => {
  await using folder = await TemporaryFolder.make();
  const song = new Song(SIZE);
  const downloads = new DownloadsFolder(folder.path);
  {
    using _ = fullDisk();
    const outcome = await downloads.begin(song.wanted);
    assert.deepEqual(outcome, { kind: "fault", fault: { why: "full_disk", path: folder.path } });
    assert.deepEqual(await folder.names(), []);
  }
  const download = begun(await downloads.begin(song.wanted));
  await song.write(download, 0);
  {
    using _ = fullDisk();
    const fault: StorageFault = { why: "full_disk", path: folder.at("song.mp3.part") };
    assert.deepEqual(await download.write(1, song.piece(1)), fault);
  }
  assert.deepEqual([...download.have], [0]);
  await song.write(download, 1, 2, 3);
  assert.equal((await download.finish(false)).kind, "finished");
});

Deno.test("download: reads what is there, before the end", async () => {
  await using folder = await TemporaryFolder.make();
  const song = new Song(SIZE);
  await using download = begun(await new DownloadsFolder(folder.path).begin(song.wanted));
  await song.write(download, 1, 3);
  const read = async (offset: number, length: number) => {
    const outcome = await download.read(offset, length);
    return outcome.kind === "bytes" ? outcome.bytes : outcome.kind;
  };
  const start = PIECE_BYTES + 10;
  assert.deepEqual(await read(start, 1000), song.bytes.slice(start, start + 1000));
  assert.deepEqual(await read(3 * PIECE_BYTES, 1e6), song.bytes.slice(3 * PIECE_BYTES));
  assert.equal(await read(start, PIECE_BYTES), "missing");
  assert.equal(await read(0, 1), "missing");
});

Deno.test("download: a piece that the file does not have is our own bug", async () => {
  await using folder = await TemporaryFolder.make();
  const song = new Song(SIZE);
  await using download = begun(await new DownloadsFolder(folder.path).begin(song.wanted));
  assert.throws(() => download.write(4, new Uint8Array(0)), TypeError);
  assert.throws(() => download.write(-1, song.piece(0)), TypeError);
  assert.throws(() => download.write(0, song.piece(3)), TypeError);
  assert.throws(() => download.finish(true), TypeError);
});

Deno.test("download: an empty file", async () => {
  await using folder = await TemporaryFolder.make();
  const song = new Song(0);
  const download = begun(await new DownloadsFolder(folder.path).begin(song.wanted));
  assert.equal((await download.finish(false)).kind, "finished");
});

Deno.test("download: a folder that cannot be made is a fault", async () => {
  await using folder = await TemporaryFolder.make();
  const file = await folder.write("file", "");
  const outcome = await new DownloadsFolder(file).begin(new Song(1).wanted);
  assert.equal(outcome.kind, "fault");
  assert.deepEqual(await new DownloadsFolder(file).unfinished(), []);
  assert.deepEqual(await new DownloadsFolder(folder.at("no")).unfinished(), []);
});

for (
  const [missing, permissions] of [
    ["--allow-write", { read: true, write: false }],
    ["--allow-read", { read: false, write: true }],
  ] as const
) {
  Deno.test({
    name: `download: without ${missing}, the flag`,
    permissions,
    async fn() {
      assert.deepEqual(await new DownloadsFolder("/songs").begin(new Song(1).wanted), {
        kind: "fault",
        fault: { why: "permission", path: "/songs", flag: missing },
      });
    },
  });
}

Deno.test("download: its name never stands for less than the whole, however it is looked at", async () => {
  await using folder = await TemporaryFolder.make();
  const song = new Song(SIZE);
  const download = begun(await new DownloadsFolder(folder.path).begin(song.wanted));
  await song.write(download, 0, 1, 2, 3);
  const { ino } = await Deno.stat(download.files.partPath);
  const { open } = Deno;
  // An empty file in its place could be all that is left where the program is killed then.
  Deno.open = (path, options) => {
    assert.ok(!String(path).endsWith("song.mp3"), "a file of its name is made");
    return open(path, options);
  };
  try {
    assert.equal((await download.finish(true)).kind, "finished");
  } finally {
    Deno.open = open;
  }
  assert.equal((await Deno.stat(folder.at("song.mp3"))).ino, ino);
  assert.deepEqual(await folder.names("."), ["song.mp3"]);
});

Deno.test("download: on a disk without second names it gets its name all the same", async () => {
  await using folder = await TemporaryFolder.make();
  const song = new Song(SIZE);
  const download = begun(await new DownloadsFolder(folder.path).begin(song.wanted));
  await song.write(download, 0, 1, 2, 3);
  await folder.write("song.mp3", "mine");
  const { link } = Deno;
  Deno.link = () => Promise.reject(Object.assign(new Error("not there"), { code: "EPERM" }));
  try {
    const path = folder.at("song (2).mp3");
    assert.deepEqual(await download.finish(true), { kind: "finished", path });
  } finally {
    Deno.link = link;
  }
  assert.deepEqual(await folder.names("."), ["song (2).mp3", "song.mp3"]);
  assert.deepEqual(await Deno.readFile(folder.at("song (2).mp3")), song.bytes);
});
