import assert from "node:assert/strict";
import { parseMpegHeader } from "../../../lib/media/music/mpeg_header.ts";
import { parseMpegIndex, placeOf } from "../../../lib/media/music/mpeg_index.ts";
import { FORMATS, SONG_SECONDS, songFile } from "./song_files.ts";

const HEAD = [0xFF, 0xFB, 0x90, 0x64];

function indexOf(file: Uint8Array) {
  const start = file.findIndex((_, at) => parseMpegHeader(file, at) !== null);
  const header = parseMpegHeader(file, start)!;
  return parseMpegIndex(file.subarray(start, start + header.length), header);
}

Deno.test("MPEG index: LAME's, with its places and without what it added", async () => {
  const file = await FORMATS.variable_mp3();
  const index = indexOf(file)!;
  assert.ok(Math.abs(index.seconds! - SONG_SECONDS) < 1e-6);
  assert.equal(index.places.length, 101);
  assert.ok(Math.abs(index.bytes! - file.length) < 300);
});

Deno.test("MPEG index: a frame of music has none", async () => {
  assert.equal(indexOf(await songFile(["-write_xing", "0", "-f", "mp3"])), null);
});

Deno.test("MPEG index: Fraunhofer's", () => {
  const frame = new Uint8Array(417);
  frame.set(HEAD);
  frame.set(new TextEncoder().encode("VBRI"), 36);
  const view = new DataView(frame.buffer);
  view.setUint32(36 + 10, 4000);
  view.setUint32(36 + 14, 100);
  view.setUint16(36 + 18, 4);
  view.setUint16(36 + 20, 10);
  view.setUint16(36 + 22, 2);
  [100, 100, 50, 150].forEach((size, n) => view.setUint16(36 + 26 + 2 * n, size));
  const index = parseMpegIndex(frame, parseMpegHeader(frame)!)!;
  assert.equal(index.bytes, 4000);
  assert.equal(index.seconds, 100 * 1152 / 44_100);
  assert.deepEqual(index.places, [0, 0.25, 0.5, 0.625, 1]);
});

Deno.test("MPEG index: one that is cut off or makes no sense", async () => {
  const file = await FORMATS.variable_mp3();
  const start = file.findIndex((_, at) => parseMpegHeader(file, at) !== null);
  const header = parseMpegHeader(file, start)!;
  const frame = file.slice(start, start + header.length);
  for (let length = 0; length < frame.length; length++) {
    parseMpegIndex(frame.subarray(0, length), header);
  }
  const table = 4 + header.sideBytes + 16;
  const index = parseMpegIndex(frame.fill(0xFF, table, table + 10), header)!;
  assert.deepEqual(index.places, []);
});

Deno.test("MPEG index: places between those that are told", () => {
  const index = { seconds: 10, bytes: 100, places: [0, 0.2, 1] };
  const places = [0, 0.25, 0.5, 0.75, 1, 2].map((time) => placeOf(index, time));
  assert.deepEqual(places.map((place) => Math.round(place * 100)), [0, 10, 20, 60, 100, 100]);
  assert.equal(placeOf({ ...index, places: [] }, 0.3), 0.3);
});
