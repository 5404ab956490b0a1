import assert from "node:assert/strict";
import { fileFormat } from "../../../lib/media/music/file_format.ts";
import { FORMATS, songFile } from "./song_files.ts";

Deno.test("file format: by the content, as soon as it can be told", async () => {
  for (const [name, file] of Object.entries(FORMATS)) {
    if (name.endsWith("mp3")) continue;
    const bytes = await file();
    assert.equal(fileFormat(bytes.subarray(0, 36), false), name);
    assert.equal(fileFormat(bytes.subarray(0, 35), false), null);
  }
  const mp3 = await songFile(["-id3v2_version", "0", "-f", "mp3"]);
  assert.equal(fileFormat(mp3.subarray(0, 200), false), null);
  assert.equal(fileFormat(mp3.subarray(0, 2000), false), "mp3");
});

Deno.test("file format: an MP3 that begins in the middle of a frame", async () => {
  const mp3 = await FORMATS.mp3();
  assert.equal(fileFormat(mp3.subarray(1000, 5000), false), "mp3");
});

Deno.test("file format: what others must play", async () => {
  const m4a = await songFile(["-c:a", "aac", "-f", "ipod"]);
  assert.equal(fileFormat(m4a.subarray(0, 36), false), "foreign");
  const ogg = await songFile(["-c:a", "flac", "-f", "ogg"]);
  assert.equal(fileFormat(ogg.subarray(0, 100), false), "foreign");
  const text = new TextEncoder().encode("Just words. ".repeat(6000));
  assert.equal(fileFormat(text.subarray(0, 60_000), false), null);
  assert.equal(fileFormat(text.subarray(0, 60_000), true), "foreign");
  assert.equal(fileFormat(text, false), "foreign");
});
