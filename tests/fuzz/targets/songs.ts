import assert from "node:assert/strict";
import { flacFrameChecksum, flacHeaderChecksum } from "../../../lib/media/music/flac_checksums.ts";
import { FLAC_HEADER_BYTES, parseFlacHeader } from "../../../lib/media/music/flac_header.ts";
import { oggChecksum } from "../../../lib/media/music/ogg_checksum.ts";
import { SongStream } from "../../../lib/media/music/song_stream.ts";
import { FRAME_SAMPLES } from "../../../lib/media/frame.ts";
import { quietly } from "../../../lib/runtime/music/playback/quiet_library.ts";
import type { FuzzTarget, Saw } from "../target.ts";

/** Bytes that are pushed at once: a file comes in pieces. */
const PART = 700;
/** Frames after which there is enough of a song: some bytes say that they are hours. */
const MOST_FRAMES = 500;

/** Plays a file from `offset` on; whatever it is, that comes to an end. */
async function played(song: SongStream, file: Uint8Array, offset: number, saw: Saw): Promise<void> {
  let [at, frames] = [offset, 0];
  for (let steps = 0; frames < MOST_FRAMES; steps += 1) {
    assert.ok(steps < 2000 + 20 * file.length, "it never ends");
    const step = await quietly(() => song.step());
    for (let frame = song.shift(); frame !== null; frame = song.shift()) {
      assert.equal(frame.samples.length, FRAME_SAMPLES);
      assert.ok(Number.isFinite(frame.at), `sound at ${frame.at}`);
      frames += 1;
    }
    assert.ok(song.damaged >= 0 && Number.isFinite(song.buffered));
    if (step === "over" || step === "unplayable") {
      const why = song.obstacle?.replace(/[0-9]+/g, "#").slice(0, 60);
      return saw(`${song.format} ${step} ${why} ${frames > 0} ${Math.min(song.damaged, 9)}`);
    }
    if (step !== "hungry") continue;
    if (at >= file.length) song.end();
    else song.push(file.subarray(at, at += PART));
  }
}

/** Plays a file, goes somewhere else in it, and back to its beginning. */
async function playedTwice(file: Uint8Array, saw: Saw): Promise<void> {
  using song = new SongStream({ size: file.length, seconds: null });
  await played(song, file, 0, saw);
  const { info } = song;
  if (info !== null) {
    saw(`${info.codec} ${info.rate} ${info.channels} ${info.seconds === null}`);
    assert.ok(info.seconds === null || info.seconds >= 0);
  }
  for (const seconds of [0.1, 0]) {
    const offset = song.byteOffsetOf(seconds);
    if (offset === null) continue;
    assert.ok(Number.isInteger(offset) && offset >= 0, `byte ${offset}`);
    song.restart(offset, seconds);
    await played(song, file, offset, saw);
  }
}

/** The same with right checksums: who makes a file to do harm computes them too. */
function withOggChecksums(file: Uint8Array): Uint8Array {
  const repaired = file.slice();
  const view = new DataView(repaired.buffer);
  for (let at = 0; at + 27 < repaired.length;) {
    const isPage = String.fromCharCode(...repaired.subarray(at, at + 4)) === "OggS";
    const segments = repaired.subarray(at + 27, at + 27 + repaired[at + 26]!);
    const length = 27 + segments.length + segments.reduce((sum, part) => sum + part, 0);
    if (!isPage || at + length > repaired.length) at += 1;
    else {
      view.setUint32(at + 22, oggChecksum(repaired.subarray(at, at + length)), true);
      at += length;
    }
  }
  return repaired;
}

function withFlacChecksums(file: Uint8Array): Uint8Array {
  const repaired = file.slice();
  const starts: number[] = [];
  for (let at = 0; at + 6 < repaired.length; at += 1) {
    if (repaired[at] !== 0xff || (repaired[at + 1]! & 0xfe) !== 0xf8) continue;
    if (hasHeader(repaired, at)) starts.push(at);
  }
  starts.forEach((start, n) => {
    const end = (starts[n + 1] ?? repaired.length) - 2;
    const sum = flacFrameChecksum(repaired, start, end);
    repaired.set([sum >> 8, sum & 0xff], end);
  });
  return repaired;
}

/** Whether what stands there is a header once its checksum is right, which it is then. */
function hasHeader(bytes: Uint8Array, at: number): boolean {
  for (let length = 6; length <= FLAC_HEADER_BYTES && at + length <= bytes.length; length += 1) {
    const before = bytes[at + length - 1]!;
    bytes[at + length - 1] = flacHeaderChecksum(bytes.subarray(at, at + length - 1));
    if (parseFlacHeader(bytes, at)?.length === length) return true;
    bytes[at + length - 1] = before;
  }
  return false;
}

function songTarget(
  name: string,
  tries: number,
  words: readonly string[],
  repair?: (file: Uint8Array) => Uint8Array,
): FuzzTarget {
  return {
    // What they begin with are real files, in the corpus.
    ...{ name, seeds: [], words, most: 12_000, tries },
    async run(file, saw) {
      const { error } = console;
      const printed: unknown[] = [];
      console.error = (...words) => void printed.push(words);
      try {
        await playedTwice(repair === undefined ? file : repair(file), saw);
      } finally {
        console.error = error;
      }
      assert.deepEqual(printed, [], "something was printed over what the person sees");
    },
  };
}

export const SONGS: readonly FuzzTarget[] = [
  songTarget("song_mp3", 8, ["ID3", "TAG", "Xing", "Info", "VBRI", "RIFF", "fLaC"]),
  songTarget(
    "song_ogg",
    8,
    ["OggS", "OpusHead", "OpusTags", "\x01vorbis", "\x05vorbis"],
    withOggChecksums,
  ),
  songTarget("song_flac", 8, ["fLaC", "ID3", "TAG"], withFlacChecksums),
  songTarget("song_wav", 40, ["RIFF", "WAVE", "fmt ", "data", "LIST"]),
];
