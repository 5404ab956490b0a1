/**
 * The disk of a peer is full, wherever it writes: a sentence with the way out, the program goes on,
 * and nothing of half a file has its name.
 *
 * @module
 */
import assert from "node:assert/strict";
import { MusicPeer } from "../../processes/music_rig/music_peer.ts";
import { makeSong } from "../../processes/music_rig/song_maker.ts";
import {
  canBeCalled,
  peerArgs,
  startPeer,
  startPiped,
  startServer,
} from "../../processes/programs.ts";
import { TemporaryFolder } from "../../runtime/temporary_folder.ts";
import { playAtOnce, type Scene } from "../../processes/at_once.ts";
import { SmallDisk } from "../small_disk.ts";

/** Less than a song, more than a piece of it. */
const SMALL = 600;
const LARGE = 8_000;
/** Questions whose records are more than a block of a disk. */
const RECORDS = 60;

// Without the rights to mount a disk there is none to fill.
const ignore = !SmallDisk.possible;

const downloadsAndCache: Scene = {
  step: "downloads stop with a sentence and go on with room; what plays is not held up",
  async play() {
    await using folder = await TemporaryFolder.make();
    using downloads = new SmallDisk(SMALL);
    using cache = new SmallDisk(SMALL);
    await using server = await startServer();
    const song = await makeSong(folder.at("ana"), "Longa", "wav", 6);
    await using _ana = await MusicPeer.start(server, "ana", {
      folder: folder.path,
      shares: [folder.at("ana")],
    });
    await using bia = await MusicPeer.start(server, "bia", {
      folder: folder.path,
      args: ["--cache", `${cache.path}/cache`],
    });
    const full = `Longa.wav: O disco de ${downloads.path}/Longa.wav.part`;
    await bia.ask(`/get longa --to ${downloads.path}`, full);
    await bia.program.waitFor("está cheio. Libere espaço, ou escolha uma pasta em outro disco.");
    assert.deepEqual(downloads.names(), ["Longa.wav.part", "Longa.wav.part.state"]);

    // The cache takes no more, and the song is heard to its end.
    await bia.ask("/play longa", "Tocando Longa.wav (0:06)");
    await bia.until(() => Promise.resolve(bia.program.output.includes("não fica guardada")));
    assert.match(
      bia.program.output,
      /Longa\.wav toca, mas não fica guardada .*O disco de .* cheio/,
    );
    await bia.until(async () => (await bia.playing()).at(-1)!.fetched === 1);

    // With room again, the download is gone on with.
    downloads.grow(LARGE);
    await bia.ask(`/get longa --to ${downloads.path}`, "Longa.wav foi baixada");
    assert.deepEqual(downloads.names(), ["Longa.wav"]);
    assert.deepEqual(
      await Deno.readFile(`${downloads.path}/Longa.wav`),
      await Deno.readFile(song.path),
    );
    await bia.program.waitFor("Longa.wav terminou.");
    await bia.leave();
    assert.equal(cache.names("cache").length, 1);
  },
};

const speakerAndLog: Scene = {
  step: "a speaker's file and the log are given up with a sentence, and the call goes on",
  async play() {
    using disk = new SmallDisk(SMALL / 2);
    await using server = await startServer();
    const permissions = ["--allow-net", "--allow-read", "--allow-write"];
    await using bia = await startPeer(server, "Bia", "--mic", "none", "--speaker", "none");
    const files = ["--speaker", `file:${disk.path}/a.wav`, "--log-file", `${disk.path}/ana.log`];
    const words = peerArgs(server, "Ana", "--mic", "none", ...files);
    await using ana = startPiped("peer", words, { permissions });
    await ana.waitFor("Para sair: /exit\n");
    await canBeCalled(server, 2);
    await ana.say("/call Bia");
    await bia.waitFor("Ana está ligando para você");
    await bia.say("/accept");
    await ana.waitFor("Bia atendeu.");
    await ana.waitFor(
      `O alto-falante parou: “${disk.path}/a.wav” não pode ser usado: o disco está cheio. ` +
        "Escolha outro arquivo com --speaker file:<caminho>. Você não ouve mais nada.",
    );
    // What is left of the log's last block takes a few more records.
    for (let asked = 0; asked < RECORDS && !ana.output.includes(`${disk.path}/ana.log`); asked++) {
      await ana.say("/who Bia");
      await ana.waitFor("Bia recebe ligações em");
    }
    const unwritten = `O registro em ${disk.path}/ana.log não pode ser gravado agora (o disco está`;
    assert.ok(ana.output.includes(unwritten), ana.output);
    await ana.say("/hangup");
    await bia.waitFor("Ana desligou.");
    await ana.say("/exit");
    assert.equal((await ana.ended()).code, 0);
  },
};

Deno.test({
  name: "disk full at the peer",
  ignore,
  fn: (t) => playAtOnce(t, [downloadsAndCache, speakerAndLog]),
});
