import assert from "node:assert/strict";
import type { CatalogueSong } from "../../../lib/music/catalogue/song.ts";
import type { MusicFault, NowPlaying } from "../../../lib/music/music_status.ts";
import { TRANSFER_LIMITS } from "../../../lib/music/transfer_limits.ts";
import { PlayCache } from "../../../lib/runtime/music/downloads/play_cache.ts";
import { Jukebox } from "../../../lib/runtime/music/jukebox.ts";
import { MemorySongs } from "../../../lib/runtime/music/memory_songs.ts";
import { SongShelf } from "../../../lib/runtime/music/song_shelf.ts";
import { DeviceError, type DeviceEvents } from "../../../lib/runtime/sound/device.ts";
import { until } from "../line_client.ts";
import { ManualClock } from "../sound/manual_clock.ts";
import { wavBytes } from "../sound/wav_bytes.ts";
import { fullDisk } from "./downloads/full_disk.ts";
import { noise } from "./library/tagged_files.ts";
import { rowOf, SharingNode } from "./sharing_node.ts";

/** Songs of so many seconds of noise: 96,000 bytes each. */
const LONG = wavBytes({ samples: noise(6 * 96_000) });
const SHORT = wavBytes({ samples: noise(96_000, 2) });
const NO_SOUND = noise(50_000, 3);
const FILES = { "long.wav": LONG, "short.wav": SHORT, "none.wav": NO_SOUND };

/** A jukebox of a node, its speaker one that only counts, in the time of a test. */
class JukeboxRig implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly told: string[] = [];
  readonly faults: MusicFault[] = [];
  readonly bugs: unknown[] = [];
  /** Frames of 20 ms that were heard, by their loudest sample. */
  readonly heard: number[] = [];
  readonly jukebox: Jukebox;
  /** Whether there is a speaker. */
  present = true;
  /** Who has the song by the catalogue, where it is asked again. */
  sources: CatalogueSong["sources"] = [];
  events: DeviceEvents | null = null;

  readonly shelf: SongShelf;

  /** @param cache a folder for what was played, or null */
  constructor(readonly node: SharingNode, cache: string | null = null) {
    const kept = cache === null ? null : new PlayCache(cache, 10 * LONG.length);
    this.shelf = new SongShelf(node.library, kept, new MemorySongs(10 * LONG.length));
    this.jukebox = new Jukebox(this.shelf, node.transfers, () => Promise.resolve(this.sources), {
      openSpeaker: (events) => this.#open(events),
      programs: [],
      clock: this.clock,
    }, {
      changed: ({ state, source, song }) => this.told.push(`${song.name} ${state} ${source}`),
      ended: ({ name }, stopped) => this.told.push(`${name} ${stopped ? "stopped" : "ended"}`),
      fault: (_, fault) => this.faults.push(fault),
      sourceChanged: ({ name }, from, fault) => this.told.push(`${name} ${from} ${fault}`),
      bug: (error) => this.bugs.push(error),
    });
  }

  get now(): NowPlaying {
    return this.jukebox.now!;
  }

  play(song: CatalogueSong): Promise<void> {
    return this.jukebox.play(song, rowOf(song));
  }

  /** Lets time go by until something holds. */
  async until(holds: () => boolean): Promise<void> {
    const step = () => {
      this.clock.to(this.clock.now() + 20);
      return holds();
    };
    await until(step, String(holds)).catch((error) => {
      throw new Error(`${this.told.join(", ")}; ${JSON.stringify(this.faults)}`, { cause: error });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.jukebox[Symbol.asyncDispose]();
    assert.deepEqual(this.bugs, []);
  }

  #open(events: DeviceEvents) {
    if (!this.present) return Promise.reject(new DeviceError({ why: "none_found" }));
    this.events = events;
    return Promise.resolve({
      device: { backend: "none", id: "test", label: "test", card: null } as const,
      backlog: null,
      play: (frame: Int16Array) => void this.heard.push(Math.max(...frame)),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  }
}

Deno.test("jukebox: a song of another, from its name to its end; then it is here", async () => {
  await using ana = await SharingNode.start(FILES);
  await using bia = await SharingNode.start();
  await using rig = new JukeboxRig(bia);
  const song = ana.song("short.wav");
  assert.equal(rig.jukebox.now, null);
  await rig.play(song);
  await rig.until(() => rig.told.includes("short.wav ended"));
  assert.deepEqual(rig.told, [
    "short.wav starting null",
    "short.wav playing ana",
    "short.wav ended",
  ]);
  assert.ok(rig.heard.length >= 49, `${rig.heard.length} frames`);
  assert.equal(rig.jukebox.now, null);

  await rig.play(song);
  assert.deepEqual([rig.now.fetched, rig.now.rate, rig.now.source], [1, null, null]);
  await rig.until(() => rig.told.at(-1) === "short.wav ended");
  assert.ok(rig.told.includes("short.wav playing null"));
});

Deno.test("jukebox: pause, resume, seek and stop; nothing of it where nothing plays", async () => {
  await using ana = await SharingNode.start(FILES);
  await using rig = new JukeboxRig(ana);
  const { jukebox } = rig;
  assert.deepEqual([jukebox.pause(), jukebox.resume(), await jukebox.stop()], [
    false,
    false,
    false,
  ]);
  assert.equal(jukebox.seek(1), "not_playing");
  await rig.play(ana.song("long.wav"));
  await rig.until(() => rig.now.state === "playing" && rig.now.position > 0.5);
  assert.equal(rig.now.song.seconds, 6);
  assert.ok(jukebox.pause());
  assert.equal(rig.now.state, "paused");
  assert.ok(jukebox.resume());
  await rig.until(() => rig.now.state === "playing");
  assert.equal(jukebox.seek(4), "sought");
  assert.ok(Math.abs(rig.now.position - 4) < 0.1, `${rig.now.position}`);
  assert.equal(jukebox.seek(7), "cannot_seek");
  await rig.until(() => rig.now.position > 4.5);
  assert.ok(await jukebox.stop());
  assert.deepEqual([rig.told.at(-1), jukebox.now], ["long.wav stopped", null]);
});

Deno.test("jukebox: of two songs that were wanted, the last is heard", async () => {
  await using ana = await SharingNode.start(FILES);
  await using bia = await SharingNode.start();
  await using rig = new JukeboxRig(bia);
  await Promise.all([rig.play(ana.song("long.wav")), rig.play(ana.song("short.wav"))]);
  await rig.until(() => rig.told.includes("short.wav ended"));
  assert.ok(!rig.told.some((line) => line.startsWith("long.wav")), rig.told.join());
  // The same song again is gone on with, from what came of it.
  await rig.play(ana.song("long.wav"));
  await rig.until(() => rig.now.fetched > 0);
  await rig.play(ana.song("long.wav"));
  await rig.until(() => rig.now.fetched === 1 && rig.now.position > 0.1);
});

Deno.test("jukebox: what cannot be heard is told, and the next can be", async () => {
  await using ana = await SharingNode.start(FILES);
  await using bia = await SharingNode.start();
  await using rig = new JukeboxRig(bia);
  await rig.play(ana.song("none.wav"));
  await rig.until(() => rig.faults.length > 0);
  await rig.play(ana.song("long.wav", { sources: [] }));
  await rig.until(() => rig.faults.length > 1);
  assert.deepEqual(rig.faults.map(({ why }) => why), ["no_decoder", "fetch"]);
  assert.equal(rig.jukebox.now, null);
  await rig.play(ana.song("short.wav"));
  await rig.until(() => rig.told.at(-1) === "short.wav ended");
  // One that should have been longer: its file is cut off.
  await rig.play(ana.song("short.wav", { seconds: 60 }));
  await rig.until(() => rig.faults.length > 2);
  assert.deepEqual(rig.faults.at(-1), { why: "damaged" });
});

Deno.test("jukebox: no speaker, or one that goes away: the song waits", async () => {
  await using ana = await SharingNode.start(FILES);
  await using rig = new JukeboxRig(ana);
  rig.present = false;
  await rig.play(ana.song("long.wav"));
  await rig.until(() => rig.faults.length > 0);
  assert.deepEqual(rig.faults, [{ why: "no_speaker", fault: { why: "none_found" } }]);
  assert.equal(rig.now.state, "paused");
  rig.present = true;
  assert.ok(rig.jukebox.resume());
  await rig.until(() => rig.now.position > 1);
  rig.events!.lost({ why: "none_found" });
  assert.deepEqual([rig.now.state, rig.faults.length], ["paused", 2]);
});

Deno.test("jukebox: a file that is shorter than the catalogue says ends where it ends", async () => {
  await using ana = await SharingNode.start(FILES);
  await using rig = new JukeboxRig(ana);
  await rig.play(ana.song("short.wav", { size: 10 * SHORT.length }));
  await rig.until(() => rig.told.includes("short.wav ended"));
  assert.ok(rig.heard.length >= 49);
});

Deno.test("jukebox: softer beside a call; no place beside as many downloads as can be", async () => {
  await using ana = await SharingNode.start(FILES, 10_000);
  await using bia = await SharingNode.start();
  await using rig = new JukeboxRig(ana);
  await rig.play(ana.song("long.wav"));
  await rig.until(() => rig.now.position > 0.5);
  const loud = Math.max(...rig.heard);
  rig.jukebox.giveWay(true, 1000);
  await rig.until(() => rig.now.position > 1.5);
  const soft = Math.max(...rig.heard.slice(-10));
  assert.ok(soft < loud / 5, `${soft} of ${loud}`);

  await using crowded = new JukeboxRig(bia);
  const { id, size, pieces, sources } = ana.song("long.wav");
  for (let n = 0; n < TRANSFER_LIMITS.receptions; n++) {
    bia.transfers.fetch({ id, size, pieces, sources, offset: 0 }, () => {});
  }
  await crowded.play(ana.song("short.wav"));
  assert.deepEqual(crowded.faults, [{ why: "too_many", most: TRANSFER_LIMITS.receptions }]);
  assert.deepEqual([crowded.jukebox.now, bia.bugs], [null, []]);
});

Deno.test("jukebox: the last source goes: what came is heard, then it is told", async () => {
  await using ana = await SharingNode.start(FILES, 200_000);
  await using bia = await SharingNode.start();
  await using rig = new JukeboxRig(bia);
  await rig.play(ana.song("long.wav"));
  await until(() => rig.now.fetched > 0.3, "a piece");
  await ana.stopSharing();
  const before = rig.heard.length;
  await until(() => rig.jukebox.now?.rate === null, "the fetch is over");
  assert.deepEqual(rig.faults, []);
  await rig.until(() => rig.faults.length > 0);
  assert.deepEqual(rig.faults, [{ why: "fetch", fault: "not_available" }]);
  assert.equal(rig.jukebox.now, null);
  assert.ok(rig.heard.length > before, "nothing more was heard");
  const seconds = rig.heard.length / 50;
  assert.ok(seconds > 2.6 && seconds < 6, `${seconds} s were heard`);
});

Deno.test("jukebox: while what came plays, somebody else turns up, and it goes on", async () => {
  await using ana = await SharingNode.start(FILES, 200_000);
  await using rui = await SharingNode.start(FILES);
  await using bia = await SharingNode.start();
  await using rig = new JukeboxRig(bia);
  await rig.play(ana.song("long.wav"));
  await until(() => rig.now.fetched > 0.8, "two pieces");
  await rig.until(() => rig.now.state === "playing");
  await ana.stopSharing();
  await until(() => rig.jukebox.now?.rate === null, "the fetch is over");
  rig.sources = rui.song("long.wav").sources.map((source) => ({ ...source, name: "rui" }));
  await rig.until(() => rig.told.includes("long.wav ended"));
  assert.deepEqual(rig.faults, []);
  assert.ok(rig.heard.length / 50 > 5.8, `${rig.heard.length} frames`);
});

Deno.test("jukebox: a cache that takes no more: told once, and heard to its end", async () => {
  await using ana = await SharingNode.start(FILES);
  await using bia = await SharingNode.start();
  await using rig = new JukeboxRig(bia, bia.folder.at("cache"));
  {
    using _ = fullDisk(LONG.length / 2);
    await rig.play(ana.song("long.wav"));
    await rig.until(() => rig.told.includes("long.wav ended"));
    await rig.play(ana.song("short.wav"));
    await rig.until(() => rig.told.includes("short.wav ended"));
  }
  assert.deepEqual(rig.faults.map(({ why }) => why), ["not_kept"]);
  assert.ok(rig.heard.length / 50 > 6.8, `${rig.heard.length} frames`);
  const { id } = ana.song("long.wav");
  assert.equal(rig.shelf.has(id), false);
  assert.deepEqual(await bia.folder.names(`cache/${id}`), [
    "long.wav.part",
    "long.wav.part.state",
  ]);
  // With room again it is fetched to its end, and kept.
  await rig.play(ana.song("long.wav"));
  await rig.until(() => rig.told.filter((line) => line === "long.wav ended").length === 2);
  assert.deepEqual(await Deno.readFile(bia.folder.at("cache", id, "long.wav")), LONG);
});
