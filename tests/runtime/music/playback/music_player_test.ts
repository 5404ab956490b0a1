import assert from "node:assert/strict";
import { FileSpeaker } from "../../../../lib/runtime/sound/file_speaker.ts";
import {
  FORMATS,
  isSong,
  likeness,
  SONG,
  SONG_SECONDS,
  songFile,
} from "../../../media/music/song_files.ts";
import { loudness } from "../../../media/tone.ts";
import { TemporaryFolder } from "../../temporary_folder.ts";
import { PlayerRig } from "./player_rig.ts";

Deno.test("music player: a song is heard as it is, every 20 ms, and ends", async () => {
  const file = await FORMATS.vorbis();
  await using rig = new PlayerRig();
  await rig.play(file);
  assert.ok(rig.player.status.position === 0);
  await rig.toEnd();
  assert.deepEqual(rig.states, ["buffering", "playing", "ended"]);
  assert.ok(isSong(rig.sound, 0, 0.99, 1));
  assert.ok(Math.abs(rig.sound.length / 48_000 - SONG_SECONDS) < 0.05);
  assert.ok(rig.played.every(({ at }, n) => n === 0 || at - rig.played[n - 1]!.at === 20));
  const { position, damaged, underruns, info } = rig.player.status;
  assert.ok(Math.abs(position - SONG_SECONDS) < 0.05);
  assert.deepEqual([damaged, underruns, info?.codec], [0, 0, "vorbis"]);
});

Deno.test("music player: it starts with a sixth of a second of sound", async () => {
  const file = await FORMATS.mp3();
  await using rig = new PlayerRig();
  rig.player.begin({ size: file.length, seconds: null });
  // 16,000 bytes a second; its encoder's delay is left out.
  await rig.player.push(file.subarray(0, 2400));
  await rig.pass(200);
  assert.equal(rig.player.status.state, "buffering");
  await rig.player.push(file.subarray(2400, 4800));
  await rig.until(() => rig.player.status.state === "playing");
  assert.equal(rig.played.length, 1);
});

Deno.test("music player: a pause is at once, and loses nothing", async () => {
  const file = await FORMATS.flac();
  await using rig = new PlayerRig();
  const playing = rig.play(file);
  await rig.until(() => rig.player.status.state === "playing");
  await rig.pass(1000);
  rig.player.pause();
  const { length } = rig.played;
  const { position } = rig.player.status;
  assert.ok(Math.abs(position - 1.04) < 0.03, `${position}`);
  await rig.pass(3000);
  assert.equal(rig.played.length, length);
  assert.equal(rig.player.status.position, position);
  rig.player.resume();
  await playing;
  await rig.toEnd();
  assert.deepEqual(rig.states, ["buffering", "playing", "paused", "buffering", "playing", "ended"]);
  assert.ok(isSong(rig.sound, 0, 0.99, 1));
});

Deno.test("music player: it waits when it runs out, and says so", async () => {
  const file = await FORMATS.mp3();
  await using rig = new PlayerRig();
  rig.player.begin({ size: file.length, seconds: null });
  await rig.player.push(file.subarray(0, 40_000));
  await rig.until(() => rig.player.status.state === "playing");
  assert.ok(rig.player.status.buffered > 2);
  await rig.pass(4000);
  assert.equal(rig.player.status.state, "buffering");
  assert.equal(rig.player.status.underruns, 1);
  // Half a second more is not enough any more.
  await rig.player.push(file.subarray(40_000, 48_000));
  await rig.pass(100);
  assert.equal(rig.player.status.state, "buffering");
  await rig.push(file, 48_000);
  await rig.toEnd();
  assert.equal(rig.player.status.underruns, 1);
  assert.ok(isSong(rig.sound, 0, 0.98, 1));
});

Deno.test("music player: elsewhere in the song", async () => {
  const file = await FORMATS.flac();
  await using rig = new PlayerRig();
  const first = rig.play(file);
  await rig.until(() => rig.player.status.state === "playing");
  await rig.pass(500);
  const offset = rig.player.byteOffsetOf(6)!;
  rig.player.seek(offset, 6);
  await first;
  assert.equal(rig.player.status.position, 6);
  const before = rig.played.length;
  await rig.push(file, offset);
  await rig.until(() => rig.player.status.state === "playing");
  await rig.toEnd();
  const sound = rig.sound.subarray(before * 960 + 960);
  assert.ok(Math.abs(sound.length / 48_000 - 2) < 0.5);
  assert.ok(likeness(sound, SONG_SECONDS - sound.length / 48_000).likeness > 0.97);
});

Deno.test("music player: softer beside a call, by 15 dB and without a step", async () => {
  const file = await FORMATS.wav();
  await using rig = new PlayerRig();
  rig.play(file);
  await rig.until(() => rig.player.status.state === "playing");
  await rig.pass(1000);
  rig.player.ducked = true;
  await rig.pass(1400);
  rig.player.ducked = false;
  await rig.pass(1000);
  await using plain = new PlayerRig();
  plain.play(file);
  await plain.until(() => plain.player.status.state === "playing");
  await plain.pass(3400);
  const factors = rig.played.map(({ samples }, n) =>
    loudness(samples) / loudness(plain.played[n]!.samples)
  );
  const decibels = factors.map((factor) => 20 * Math.log10(factor));
  assert.ok(Math.abs(decibels[40]!) < 0.1);
  assert.ok(Math.abs(decibels[90]! + 15) < 0.2, `${decibels[90]}`);
  assert.ok(Math.abs(decibels[160]!) < 0.1);
  assert.ok(factors.every((factor, n) => n < 2 || Math.abs(factor - factors[n - 1]!) < 0.1));
});

Deno.test("music player: loudness", async () => {
  const file = await FORMATS.wav();
  await using rig = new PlayerRig({ volume: 0.5 });
  rig.play(file);
  await rig.until(() => rig.player.status.state === "playing");
  await rig.pass(200);
  rig.player.volume = 1;
  await rig.pass(200);
  const factors = [8, 16].map((n) =>
    loudness(rig.played[n]!.samples) / loudness(SONG.subarray(n * 960, n * 960 + 960))
  );
  assert.ok(Math.abs(factors[1]! / factors[0]! - 2) < 0.02, `${factors}`);
});

Deno.test("music player: who pushes waits until there is room", async () => {
  const file = new Uint8Array(9_000_000);
  file.set(await FORMATS.wav());
  await using rig = new PlayerRig();
  rig.player.begin({ size: file.length, seconds: null });
  let took = false;
  const pushed = rig.player.push(file.subarray(0, 3_000_000)).then(() => took = true);
  await rig.pass(500);
  assert.equal(took, false);
  await assert.rejects(rig.player.push(file), RangeError);
  await rig.player.stop();
  await pushed;
});

Deno.test("music player: one song after another, on the same speaker, which is given back", async () => {
  await using rig = new PlayerRig();
  const playing = rig.play(await FORMATS.flac());
  await rig.until(() => rig.player.status.state === "playing");
  await rig.pass(300);
  const before = rig.played.length;
  rig.play(await FORMATS.opus());
  await playing;
  await rig.toEnd();
  assert.ok(isSong(rig.sound.subarray(before * 960), 0, 0.98, 1));
  assert.deepEqual([rig.opened, rig.closed], [1, 0]);
  await rig.player.stop();
  assert.deepEqual([rig.opened, rig.closed], [1, 1]);
  assert.equal(rig.player.status.state, "idle");
});

Deno.test("music player: without a speaker it waits for one", async () => {
  const file = await FORMATS.mp3();
  await using rig = new PlayerRig();
  rig.present = false;
  rig.play(file);
  await rig.until(() => rig.player.status.state === "paused");
  assert.deepEqual(rig.player.status.fault, { why: "speaker", fault: { why: "none_found" } });
  rig.present = true;
  rig.player.resume();
  await rig.until(() => rig.player.status.state === "playing");
  await rig.pass(500);
  rig.lose();
  assert.equal(rig.player.status.state, "paused");
  assert.equal(rig.player.status.fault?.why, "speaker");
  rig.present = true;
  rig.player.resume();
  await rig.toEnd();
  assert.equal(rig.player.status.fault, null);
  assert.ok(isSong(rig.sound, 0, 0.98, 1));
});

Deno.test("music player: nobody wants to hear it: it goes on in time", async () => {
  await using rig = new PlayerRig({ openSpeaker: () => Promise.resolve(null) });
  await rig.play(await FORMATS.opus());
  await rig.until(() => rig.player.status.state === "playing");
  await rig.pass(1000);
  assert.ok(Math.abs(rig.player.status.position - 1) < 0.1);
});

Deno.test("music player: a song that breaks off for good is damaged", async () => {
  const whole = await FORMATS.flac();
  const file = new Uint8Array(3_000_000);
  file.set(whole.subarray(0, whole.length / 2));
  await using rig = new PlayerRig();
  const playing = rig.play(file);
  for (let n = 0; n < 400 && rig.player.status.state !== "failed"; n++) await rig.pass(20);
  await playing;
  assert.equal(rig.player.status.fault?.why, "damaged");
  // What was good in it can be heard again.
  rig.player.seek(0, 0);
  rig.push(file);
  await rig.until(() => rig.player.status.state === "playing");
});

Deno.test("music player: into a file, in real time", async () => {
  const file = await songFile(["-f", "flac"], "ffmpeg", 1);
  await using folder = await TemporaryFolder.make();
  const path = folder.at("heard.wav");
  const ended = Promise.withResolvers<void>();
  {
    await using real = new PlayerRig({
      openSpeaker: (events) => FileSpeaker.open(path, events),
      clock: undefined,
    });
    await real.play(file);
    const look = setInterval(() => real.player.status.state === "ended" && ended.resolve(), 5);
    await ended.promise;
    clearInterval(look);
  }
  const heard = new Int16Array((await Deno.readFile(path)).slice(44).buffer);
  const start = heard.findIndex((sample) => Math.abs(sample) > 200);
  assert.ok(likeness(heard.subarray(start, start + 40_000), 0.01).likeness > 0.97);
});
