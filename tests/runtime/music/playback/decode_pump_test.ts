import assert from "node:assert/strict";
import { SongStream } from "../../../../lib/media/music/song_stream.ts";
import { DecodePump } from "../../../../lib/runtime/music/playback/decode_pump.ts";
import { FORMATS } from "../../../media/music/song_files.ts";
import { until } from "../../sound/condition.ts";

function bug(error: unknown): never {
  throw error;
}

Deno.test("decode pump: two seconds ahead, no more, and again when some of it was taken", async () => {
  const file = await FORMATS.flac();
  using song = new SongStream({ size: file.length, seconds: null });
  song.push(file);
  using pump = new DecodePump(song, { stepped() {}, bug });
  pump.kick();
  await until(() => song.ready >= 100);
  const { ready } = song;
  assert.ok(ready < 115, `${ready}`);
  for (let n = 0; n < 50; n++) song.shift();
  pump.kick();
  await until(() => song.ready >= 100);
});

Deno.test("decode pump: others have their turn", async () => {
  const file = await FORMATS.mp3();
  using song = new SongStream({ size: file.length, seconds: null });
  song.push(file);
  let turns = 0;
  const interval = setInterval(() => turns++, 0);
  using pump = new DecodePump(song, { stepped() {}, bug });
  pump.kick();
  await until(() => song.ready >= 100);
  clearInterval(interval);
  assert.ok(turns > 0);
});

Deno.test("decode pump: nothing is told after it was disposed", async () => {
  const file = await FORMATS.wav();
  using song = new SongStream({ size: file.length, seconds: null });
  song.push(file);
  let steps = 0;
  const pump = new DecodePump(song, {
    stepped: () => {
      if (++steps === 3) pump[Symbol.dispose]();
    },
    bug,
  });
  pump.kick();
  await until(() => steps === 3);
  await new Promise((resolve) => setTimeout(resolve, 10));
  pump.kick();
  assert.equal(steps, 3);
});

Deno.test("decode pump: bytes that come while it is about to rest are not overlooked", async () => {
  const file = await FORMATS.opus();
  using song = new SongStream({ size: file.length, seconds: null });
  let at = 0;
  const pump: DecodePump = new DecodePump(song, {
    stepped(step) {
      if (step !== "hungry") return;
      song.push(file.subarray(at, at + 1000));
      at += 1000;
      pump.kick();
    },
    bug,
  });
  pump.kick();
  await until(() => song.ready >= 100);
  pump[Symbol.dispose]();
});
