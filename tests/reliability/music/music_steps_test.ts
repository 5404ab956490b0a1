/**
 * Either side of a transfer, killed at steps of it and started again: what is said, what is on the
 * disk, and what is fetched once more. One row a step.
 *
 * @module
 */
import assert from "node:assert/strict";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import { MusicPeer } from "../../processes/music_rig/music_peer.ts";
import { makeSong } from "../../processes/music_rig/song_maker.ts";
import { startServer } from "../../processes/programs.ts";
import { each } from "../../processes/at_once.ts";
import { TemporaryFolder } from "../../runtime/temporary_folder.ts";

/** Seconds of a song of 192,000 bytes each: six pieces. */
const SECONDS = 8;
const SONG = "Longa.wav";

/** Where a listener is when it is killed. */
interface Place {
  readonly bia: MusicPeer;
  readonly folder: TemporaryFolder;
}

/** What happens until the listener is killed in the middle of `/get`, and what is there then. */
const KILLED_DOWNLOADS: readonly {
  readonly step: string;
  readonly until: (place: Place) => Promise<unknown>;
  /** Pieces that must not be fetched again, at the least. */
  readonly kept: number;
  readonly named: boolean;
}[] = [
  {
    step: "the first bytes are on their way",
    until: ({ bia }) => bia.until(() => isThere(`${bia.downloads}/${SONG}.part.state`)),
    kept: 0,
    named: false,
  },
  { step: "in the middle", until: ({ bia }) => noted(bia, 3), kept: 3, named: false },
  { step: "the last piece is missing", until: ({ bia }) => noted(bia, 5), kept: 5, named: false },
  {
    step: "the file gets its name",
    until: async ({ bia }) => {
      for await (const { paths } of Deno.watchFs(bia.downloads)) {
        if (paths.some((path) => path.endsWith(`/${SONG}`))) return;
      }
    },
    kept: 6,
    named: true,
  },
];

Deno.test("music: either side is killed at each step of a song, which is gone on with", async (t) => {
  await using folder = await TemporaryFolder.make();
  await using server = await startServer();
  const song = await makeSong(folder.at("ana"), "Longa", "wav", SECONDS);
  const whole = await Deno.readFile(song.path);
  // Two, because a source has four places for one address, and keeps them for a while for the dead.
  const sources = ["ana", "rui"].map((name) =>
    MusicPeer.start(server, name, {
      folder: folder.path,
      shares: [folder.at("ana")],
      args: ["--max-upload", "800k"],
    })
  );
  await using _ana = await sources[0]!;
  await using _rui = await sources[1]!;
  const rows = KILLED_DOWNLOADS.map(async ({ until, kept, named }, n) => {
    const start = () => MusicPeer.start(server, `bia${n}`, { folder: folder.path });
    {
      await using bia = await start();
      await Deno.mkdir(bia.downloads);
      const reached = until({ bia, folder });
      await bia.ask("/get longa", "Longa.wav");
      await reached;
      await bia.kill();
    }
    await using bia = await start();
    const path = `${bia.downloads}/${SONG}`;
    // Under its name there is all of it or nothing, also in that very moment.
    assert.equal(await isThere(path), named);
    if (named) return assert.deepEqual(await Deno.readFile(path), whole);
    const before = (await bia.downloading()).length;
    await bia.ask("/get longa", "Longa.wav foi baixada");
    const [again] = (await bia.downloading()).slice(before);
    assert.ok(again!.done >= Math.min(kept * PIECE_BYTES, whole.length), `${again!.done} bytes`);
    assert.deepEqual(await Deno.readFile(path), whole);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(bia.downloads), ({ name }) => name), [
      SONG,
    ]);
  });
  const others = [
    { step: "while a song plays as it comes, with a cache: not fetched twice", play: playing },
    { step: "the only source comes back at another port: it goes on by itself", play: sourceMoves },
  ];
  await each(
    t,
    [...KILLED_DOWNLOADS, ...others],
    [...rows, ...others.map(({ play }) => play())],
  );
});

/** The listener is killed. */
async function playing(): Promise<void> {
  await using folder = await TemporaryFolder.make();
  await using server = await startServer();
  await makeSong(folder.at("ana"), "Longa", "wav", SECONDS);
  await makeSong(folder.at("ana"), "Outra", "wav", 2);
  await using ana = await MusicPeer.start(server, "ana", {
    folder: folder.path,
    shares: [folder.at("ana")],
    args: ["--max-upload", "700k"],
  });
  const setup = { folder: folder.path, args: ["--cache", folder.at("cache")] };
  {
    await using bia = await MusicPeer.start(server, "bia", setup);
    await bia.ask("/play longa", "Tocando Longa.wav (0:08), de ana.");
    await bia.ask("/queue outra", "Na fila:");
    await bia.until(async () => (await bia.playing()).at(-1)!.fetched > 0.4);
    await bia.kill();
  }
  await using bia = await MusicPeer.start(server, "bia", setup);
  // What waited to be played is only in the program's memory.
  await bia.ask("/queue", "A fila está vazia.");
  const before = (await bia.playing()).length;
  await bia.ask("/play longa", "Tocando Longa.wav (0:08)");
  const [again] = (await bia.playing()).slice(before);
  assert.ok(again!.fetched > 0.4, `began anew, with ${again!.fetched}`);
  await bia.until(async () => (await bia.playing()).at(-1)!.fetched === 1);
  await bia.ask("/stop", "Longa.wav foi parada.");
  await bia.until(() => Promise.resolve(bia.program.output.includes("podem encontrar 1 música")));
  await ana.leave();
  await bia.ask("/play longa", "Tocando Longa.wav (0:08), deste computador.");
}

/** The only source is killed. */
async function sourceMoves(): Promise<void> {
  await using folder = await TemporaryFolder.make();
  await using server = await startServer();
  const song = await makeSong(folder.at("ana"), "Longa", "wav", SECONDS);
  const setup = { folder: folder.path, shares: [folder.at("ana")] };
  await using bia = await MusicPeer.start(server, "bia", { folder: folder.path });
  {
    await using ana = await MusicPeer.start(server, "ana", {
      ...setup,
      args: ["--max-upload", "400k"],
    });
    await bia.ask("/get longa", "Longa.wav");
    await noted(bia, 2);
    await ana.kill();
  }
  await using _ana = await MusicPeer.start(server, "ana", setup);
  await bia.program.waitFor("ana: nada mais chegou. Procurando Longa.wav");
  await bia.program.waitFor("Longa.wav foi baixada");
  assert.deepEqual(await Deno.readFile(`${bia.downloads}/${SONG}`), await Deno.readFile(song.path));
  assert.doesNotMatch(bia.program.output, /não chegou/);
}

/** Resolves when a download has noted that it has so many pieces. */
async function noted(bia: MusicPeer, pieces: number): Promise<void> {
  const notes = `${bia.downloads}/${SONG}.part.state`;
  await bia.until(async () => {
    const text = await Deno.readTextFile(notes).catch(() => "");
    return text.split('"piece":').length > pieces;
  });
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
