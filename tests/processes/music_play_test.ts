import assert from "node:assert/strict";
import { TemporaryFolder } from "../runtime/temporary_folder.ts";
import { parseWav } from "./call_rig/wav.ts";
import { heardSong, phrases } from "./music_rig/heard_song.ts";
import { MusicPeer } from "./music_rig/music_peer.ts";
import { type MadeSong, makeSong, type SongFormat } from "./music_rig/song_maker.ts";
import { startServer } from "./programs.ts";

/** Seconds of each song. The WAV one, 960,000 bytes, is the one that takes long to arrive. */
const SONGS: Readonly<Record<SongFormat, number>> = {
  ...{ wav: 5, mp3: 2, vorbis: 2, opus: 2, flac: 2 },
};
/** What all listeners together get, in bytes a second: somewhat more than the WAV song plays. */
const UPLOAD = "350k";
/**
 * Part of a song that has to be heard: a busy machine holds up the speaker now and then, and a song
 * that is damaged or not gone on with is far below.
 */
const HEARD = 0.75;

async function shelf(folder: string): Promise<Record<SongFormat, MadeSong>> {
  const made = await Promise.all(
    Object.entries(SONGS).map(async ([format, seconds]) => {
      const kind = format as SongFormat;
      return [kind, await makeSong(folder, `Canto ${format}`, kind, seconds)] as const;
    }),
  );
  return Object.fromEntries(made) as Record<SongFormat, MadeSong>;
}

Deno.test("music between three: browsing, hearing while it comes, keeping", async () => {
  await using folder = await TemporaryFolder.make();
  await using server = await startServer();
  const songs = await shelf(folder.at("ana"));
  const other = await makeSong(folder.at("rui"), "Outro", "flac", 3);
  const [ana, rui, bia] = await Promise.all([
    MusicPeer.start(server, "ana", {
      folder: folder.path,
      shares: [folder.at("ana")],
      args: ["--max-upload", UPLOAD],
    }),
    MusicPeer.start(server, "rui", { folder: folder.path, shares: [folder.at("rui")] }),
    MusicPeer.start(server, "bia", { folder: folder.path }),
  ]);
  await using _ana = ana;
  await using _rui = rui;
  await using _bia = bia;

  // Browsing: whose songs there are, and those with certain words.
  await bia.ask("/files", "6 músicas:\n");
  for (const format of ["flac", "mp3", "opus", "vorbis"]) {
    await bia.program.waitFor(
      new RegExp(`Canto ${format} +Coro +0:02 +[\\d,]+ kB +ana$`, "m"),
    );
  }
  await bia.program.waitFor(/Outro +Coro +0:03 +\d+ kB +rui$/m);
  await bia.program.waitFor(/Canto wav\.wav +0:05 +960 kB +ana$/m);
  await bia.ask("/files outro", /^ *1 +Outro/m);
  await bia.ask("/nodes", /^ana +5 +127\.0\.0\.1:\d+\nrui +1 +127/m);

  // The longest is heard while it comes.
  await bia.ask("/play canto wav", "Tocando Canto wav.wav (0:05), de ana.\n");
  const begun = (await bia.playing()).find(({ state }) => state === "playing");
  assert.ok(begun !== undefined && begun.fetched < 0.9, `${begun?.fetched} was there`);
  const others = ["mp3", "vorbis", "opus", "flac"] as const;
  for (const format of others) await bia.ask(`/queue canto ${format}`, `Canto ${format} (0:02)\n`);
  for (const format of others) {
    await bia.program.waitFor(`Tocando Coro – Canto ${format} (0:02), de ana.\n`);
  }

  // Everything is kept meanwhile, from two, and what is heard already from here.
  const kept = [...Object.values(songs), other];
  for (const { name } of kept) await rui.program.say(`/get ${name}`);
  await bia.ask("/get outro", "Coro – Outro foi baixada");
  assert.deepEqual(
    await Deno.readFile(`${bia.downloads}/${other.name}`),
    await Deno.readFile(other.path),
  );
  await rui.until(async () =>
    (await rui.downloading()).filter(({ state }) => state.kind === "done").length === kept.length
  );
  for (const { path, name } of kept) {
    assert.deepEqual(await Deno.readFile(`${rui.downloads}/${name}`), await Deno.readFile(path));
  }

  await bia.program.waitFor("Canto flac terminou.\n");
  await bia.leave();
  const parts = phrases(parseWav(await Deno.readFile(bia.speaker)).samples);
  assert.equal(parts.length, 5, "a hole in a song, or one that was not heard");
  (["wav", ...others] as const).forEach((format, n) => {
    const { found } = heardSong(songs[format].sound, parts[n]!);
    assert.ok(found > HEARD, `${format}: ${found} heard`);
  });
});
