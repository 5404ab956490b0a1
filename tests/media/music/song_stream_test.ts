import assert from "node:assert/strict";
import { seededRandom } from "../../../lib/base/random.ts";
import { SAMPLE_RATE } from "../../../lib/media/frame.ts";
import { SongStream } from "../../../lib/media/music/song_stream.ts";
import { heardOf } from "./heard.ts";
import { FORMATS, isSong, likeness, SONG_SECONDS, songFile } from "./song_files.ts";

type Format = keyof typeof FORMATS;
const ALL = Object.keys(FORMATS) as Format[];

function streamOf(file: Uint8Array, seconds: number | null = SONG_SECONDS): SongStream {
  return new SongStream({ size: file.length, seconds });
}

for (const format of ALL) {
  Deno.test(`song stream: ${format} sounds as the song, in parts of any size`, async () => {
    const file = await FORMATS[format]();
    const random = seededRandom(5);
    for (const part of [() => 65_536, () => 1 + Math.floor(random() * 3000)]) {
      using song = streamOf(file);
      const { step, frames, sound } = await heardOf(song, file, { part });
      assert.equal(step, "over");
      assert.equal(song.damaged, 0);
      assert.equal(song.info?.codec, format.replace("variable_", ""));
      assert.equal(frames[0]!.at, 0);
      assert.ok(Math.abs(sound.length / SAMPLE_RATE - SONG_SECONDS) <= 0.04, `${sound.length}`);
      const found = likeness(sound, 0);
      assert.ok(found.likeness > 0.99, `${found.likeness}`);
      assert.equal(found.shift, 0);
    }
  });

  Deno.test(`song stream: ${format} goes on from the middle, and tells truly where`, async () => {
    const file = await FORMATS[format]();
    using song = streamOf(file);
    assert.equal(song.byteOffsetOf(1), null);
    await heardOf(song, file, { most: 20 });
    for (const wanted of [5, 2.5]) {
      const offset = song.byteOffsetOf(wanted)!;
      assert.ok(offset > 0 && offset < file.length, `${offset}`);
      song.restart(offset, wanted);
      const { frames, sound } = await heardOf(song, file, { offset, most: 60 });
      const at = frames[5]!.at;
      // The guess is by bytes: the song's beginning may have more of them than its end.
      assert.ok(Math.abs(at - wanted) < 1, `${at} for ${wanted}`);
      // An MP3 does not tell where a frame belongs.
      const truth = format.endsWith("mp3") ? 0.1 * SAMPLE_RATE : 10;
      assert.ok(isSong(sound.subarray(5 * 960, 55 * 960), at, 0.9, truth), `at ${at}`);
    }
    song.restart(0, 0);
    const again = await heardOf(song, file);
    assert.equal(again.step, "over");
    assert.ok(isSong(again.sound, 0, 0.99, 0));
  });

  Deno.test(`song stream: ${format} that is cut off is heard up to there`, async () => {
    const file = await FORMATS[format]();
    using song = streamOf(file);
    const { step, sound } = await heardOf(song, file.subarray(0, file.length * 0.6));
    assert.equal(step, "over");
    const seconds = sound.length / SAMPLE_RATE;
    assert.ok(seconds > 3 && seconds < 6.5, `${seconds}`);
    assert.ok(isSong(sound, 0, 0.98, 0));
  });

  Deno.test(`song stream: ${format} with damaged places goes on behind them`, async () => {
    const file = (await FORMATS[format]()).slice();
    const random = seededRandom(9);
    for (const at of [0.3, 0.6]) {
      const start = Math.floor(file.length * at);
      for (let n = start; n < start + 500; n++) file[n] = Math.floor(random() * 256);
    }
    using song = streamOf(file);
    const { step, frames, sound } = await heardOf(song, file);
    assert.equal(step, "over");
    if (format !== "wav") assert.ok(song.damaged >= 1);
    const seconds = sound.length / SAMPLE_RATE;
    // A page of Ogg is left out as a whole, and may hold a second.
    assert.ok(seconds > SONG_SECONDS - 3.5 && seconds < SONG_SECONDS + 0.1, `${seconds}`);
    assert.ok(isSong(sound.subarray(0, SAMPLE_RATE), 0));
    const late = frames.findIndex(({ at }) => at > 6.5);
    const end = sound.subarray(late * 960, (late + 50) * 960);
    assert.ok(
      isSong(end, frames[late]!.at, 0.97, format.endsWith("mp3") ? 4800 : 10),
      `${frames[late]!.at}`,
    );
  });

  Deno.test(`song stream: ${format} of bytes by chance ends, and throws nothing`, async () => {
    const whole = await FORMATS[format]();
    const random = seededRandom(21);
    for (const rate of [0.0003, 0.01, 0.3]) {
      const file = whole.map((byte, n) =>
        n > 200 && random() < rate ? Math.floor(random() * 256) : byte
      );
      using song = streamOf(file);
      const { step } = await heardOf(song, file);
      assert.ok(step === "over" || step === "unplayable", step);
    }
  });
}

Deno.test("song stream: a file is what its bytes are, behind any tag", async () => {
  const tag = Uint8Array.of(0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0x4E, 0x20, ...new Uint8Array(10_016));
  tag.set([0xFF, 0xFB, 0x90, 0x64], 500);
  for (const format of ["mp3", "flac"] as const) {
    const music = await FORMATS[format]();
    const file = new Uint8Array([...tag, ...music]);
    using song = streamOf(file);
    const { step, sound } = await heardOf(song, file, { part: () => 700 });
    assert.equal(step, "over");
    assert.equal(song.format, format);
    assert.ok(isSong(sound, 0, 0.99, 0));
  }
});

Deno.test("song stream: what is not decoded here is told to be so", async () => {
  for (const encoder of [["-c:a", "aac", "-f", "adts"], ["-c:a", "aac", "-f", "ipod"]]) {
    const file = await songFile(encoder);
    using song = streamOf(file);
    assert.equal((await heardOf(song, file)).step, "unplayable");
    assert.equal(song.format, "foreign");
    assert.equal(song.sounded, false);
  }
  const surround = await songFile(["-ac", "6", "-c:a", "libopus", "-f", "opus"]);
  using song = streamOf(surround);
  assert.equal((await heardOf(song, surround)).step, "unplayable");
  assert.match(song.obstacle!, /6 channels/);
});

Deno.test("song stream: files that are no music", async () => {
  const random = seededRandom(3);
  const files = [
    new Uint8Array(0),
    new TextEncoder().encode("Dear diary, this is no song. ".repeat(100)),
    Uint8Array.from({ length: 200_000 }, () => Math.floor(random() * 256)),
    new Uint8Array(200_000),
    (await FORMATS.flac()).slice(0, 60),
    (await FORMATS.wav()).slice(0, 30),
    (await FORMATS.vorbis()).slice(0, 100),
  ];
  for (const file of files) {
    using song = streamOf(file);
    const { step, frames } = await heardOf(song, file);
    assert.equal(step, "unplayable", `${file.length} bytes`);
    assert.equal(frames.length, 0);
  }
});

Deno.test("song stream: other rates and channels", async () => {
  const encoders = [
    ["-ar", "22050", "-ac", "1", "-f", "mp3"],
    ["-ar", "96000", "-sample_fmt", "s32", "-f", "flac"],
    ["-ar", "48000", "-c:a", "pcm_f32le", "-f", "wav"],
    ["-ar", "32000", "-c:a", "libvorbis", "-f", "ogg"],
  ];
  for (const encoder of encoders) {
    const file = await songFile(encoder);
    using song = streamOf(file);
    const { step, sound } = await heardOf(song, file);
    assert.equal(step, "over");
    assert.equal(song.info?.rate, Number(encoder[1]));
    assert.ok(isSong(sound, 0, 0.98, 2), `${encoder}`);
  }
});

Deno.test("song stream: what can be heard from what waits is reckoned", async () => {
  const file = await FORMATS.mp3();
  using song = streamOf(file);
  song.push(file);
  while (song.ready < 100) await song.step();
  assert.ok(Math.abs(song.buffered - SONG_SECONDS) < 0.3, `${song.buffered}`);
});

Deno.test("song stream: one song behind another in one Ogg file", async () => {
  for (const file of [await FORMATS.vorbis(), await FORMATS.opus()]) {
    const both = new Uint8Array([...file, ...file]);
    using song = streamOf(both);
    const { step, sound } = await heardOf(song, both);
    assert.equal(step, "over");
    assert.ok(Math.abs(sound.length / SAMPLE_RATE - 2 * SONG_SECONDS) < 0.1);
    assert.ok(isSong(sound.subarray(SONG_SECONDS * SAMPLE_RATE), 0, 0.97, 100));
  }
});
