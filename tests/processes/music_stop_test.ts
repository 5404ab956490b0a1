import assert from "node:assert/strict";
import { TemporaryFolder } from "../runtime/temporary_folder.ts";
import { MusicPeer } from "./music_rig/music_peer.ts";
import { makeSong } from "./music_rig/song_maker.ts";
import { SourceTap } from "./music_rig/source_tap.ts";
import { startServer } from "./programs.ts";

/** In what time a source that goes on would have sent a hundred packets and more, milliseconds. */
const MOMENT = 500;
/** Packets that may be under way when a listener says that it wants no more. */
const UNDER_WAY = 40;

Deno.test("who pauses or stops a song is sent nothing more", async () => {
  await using folder = await TemporaryFolder.make();
  await using near = await startServer();
  await using far = await startServer();
  const song = await makeSong(folder.at("ana"), "Longa", "wav", 13);
  await using _ana = await MusicPeer.start(far, "ana", {
    folder: folder.path,
    shares: [folder.at("ana")],
    args: ["--max-upload", "300k"],
  });
  await using tap = await SourceTap.start(far, near);
  await using bia = await MusicPeer.start(near, "bia", { folder: folder.path });
  const seen = (holds: () => boolean) => bia.until(() => Promise.resolve(holds()));

  await bia.ask("/play longa", "Tocando Longa.wav (0:13), de ana.\n");
  await bia.ask("/pause", /Em pausa em 0:0\d/);
  await seen(() => tap.quiet > 3);

  await bia.ask("/resume", /Continuando em 0:0\d/);
  const paused = tap.data;
  await seen(() => tap.data > paused + UNDER_WAY);
  await bia.ask("/stop", "Longa.wav foi parada.\n");
  await seen(() => tap.stops > 0);
  const stopped = tap.data;
  await new Promise((resolve) => setTimeout(resolve, MOMENT));
  assert.ok(tap.data - stopped < UNDER_WAY, `${tap.data - stopped} packets after the stop`);
  assert.ok(tap.data * 1000 < song.sound.length * 4, "all of it came");
  await bia.ask("/stop", "Nenhuma música está tocando.");
  await bia.leave();
});
