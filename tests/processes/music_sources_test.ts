import assert from "node:assert/strict";
import { PIECE_BYTES } from "../../lib/protocol/music/transfer_geometry.ts";
import { TemporaryFolder } from "../runtime/temporary_folder.ts";
import { parseWav } from "./call_rig/wav.ts";
import { heardSong, phrases } from "./music_rig/heard_song.ts";
import { playAtOnce } from "./at_once.ts";
import { MusicPeer } from "./music_rig/music_peer.ts";
import { makeSong } from "./music_rig/song_maker.ts";
import { startServer } from "./programs.ts";

/** Seconds of a song of 192,000 bytes a second: ten pieces. */
const SECONDS = 13;
/** Bytes a second of a source: four times as fast as it plays. */
const UPLOAD = ["--max-upload", "800k"];
/** Part of the song that is here when its source dies: more than plays until that is noticed. */
const ENOUGH = 0.55;
/**
 * Part of a song that has to be heard: a busy machine holds up the speaker now and then, and a song
 * that is damaged or not gone on with is far below.
 */
const HEARD = 0.75;

/** Milliseconds of silence that are no hiccup: it takes longer to notice that a source is gone. */
const GONE = 2000;

async function oneOfTwoDies(): Promise<void> {
  await using folder = await TemporaryFolder.make();
  await using server = await startServer();
  const song = await makeSong(folder.at("ana"), "Longa", "wav", SECONDS);
  const copied = await makeSong(folder.at("rui"), "Longa", "wav", SECONDS);
  const shared = (name: string) =>
    MusicPeer.start(server, name, {
      folder: folder.path,
      shares: [folder.at(name)],
      args: UPLOAD,
    });
  const [ana, rui, bia] = await Promise.all([
    shared("ana"),
    shared("rui"),
    MusicPeer.start(server, "bia", {
      folder: folder.path,
      args: ["--cache", folder.at("bia-cache")],
    }),
  ]);
  await using _ana = ana;
  await using _rui = rui;
  await using _bia = bia;

  await bia.ask("/files", /Longa\.wav +0:13 +2,4 MB +(ana, rui|rui, ana)$/m);
  const [, first] = await bia.ask("/play 1", /Tocando Longa\.wav \(0:13\), de (ana|rui)\./);
  const [dying, staying] = first === "ana" ? [ana, rui] : [rui, ana];
  await bia.until(async () => (await bia.playing()).at(-1)!.fetched > ENOUGH);
  await dying.kill();
  await bia.program.waitFor(`${dying.name}: nada mais chegou. Procurando Longa.wav`);
  await bia.until(async () => (await bia.playing()).at(-1)!.fetched === 1);
  assert.ok((await bia.playing()).some(({ source }) => source === staying.name));
  await bia.program.waitFor("Longa.wav terminou.\n");
  assert.ok((await bia.playing()).every(({ state }) => state !== "buffering"));

  // Nobody else is left: it is heard from here, and others get it from here.
  await bia.until(() =>
    Promise.resolve(bia.program.output.includes("Os outros podem encontrar 1 música sua.\n"))
  );
  await staying.leave();
  await bia.ask("/play longa", "Tocando Longa.wav (0:13), deste computador.\n");
  await using dado = await MusicPeer.start(server, "dado", { folder: folder.path });
  await dado.ask("/files", /Longa\.wav.* bia/);
  await dado.ask("/get 1", "Longa.wav foi baixada");
  assert.deepEqual(
    await Deno.readFile(`${dado.downloads}/${song.name}`),
    await Deno.readFile(copied.path),
  );
  await bia.ask("/stop", "Longa.wav foi parada.\n");
  await bia.leave();

  const [heard] = phrases(parseWav(await Deno.readFile(bia.speaker)).samples, GONE);
  const { found, hole } = heardSong(song.sound, heard!);
  assert.ok(found > HEARD && hole < GONE, `${found} heard, ${hole} ms of silence`);
}

async function theOnlyOneDies(): Promise<void> {
  await using folder = await TemporaryFolder.make();
  await using server = await startServer();
  const song = await makeSong(folder.at("ana"), "Longa", "wav", SECONDS);
  const setup = { folder: folder.path, shares: [folder.at("ana")] };
  await using bia = await MusicPeer.start(server, "bia", { folder: folder.path });
  await using ana = await MusicPeer.start(server, "ana", { ...setup, args: UPLOAD });

  await bia.ask("/files", "1 música:\n");
  await bia.ask("/play 1", "Tocando Longa.wav (0:13), de ana.\n");
  await bia.ask("/get 1", "Longa.wav");
  await bia.until(async () => (await bia.downloading()).some(({ done }) => done > 2 * PIECE_BYTES));
  await ana.kill();
  await bia.program.waitFor("ana: nada mais chegou. Procurando Longa.wav");
  const told = /Longa\.wav não chegou: (nada mais chegou|não houve resposta)\. .*\/files\n/;
  await bia.ask("/list", "Ninguém mais está ativo.");
  await bia.program.waitFor(told);
  await bia.program.waitFor(told);

  const before = (await bia.downloading()).length;
  await using _back = await MusicPeer.start(server, "ana", setup);
  await bia.ask("/files longa", /^ *1 +Longa\.wav/m);
  await bia.ask("/get 1", "Longa.wav foi baixada");
  const [again] = (await bia.downloading()).slice(before);
  assert.ok(again!.done > 2 * PIECE_BYTES, `began anew, with ${again!.done} bytes`);
  assert.deepEqual(
    await Deno.readFile(`${bia.downloads}/${song.name}`),
    await Deno.readFile(song.path),
  );
  await bia.leave();
}

Deno.test("sources of songs die", (t) =>
  playAtOnce(t, [
    {
      step: "one of two: the other goes on, and what was heard is given on",
      play: oneOfTwoDies,
    },
    {
      step: "the only one: a sentence, and the download goes on when it is back",
      play: theOnlyOneDies,
    },
  ]));
