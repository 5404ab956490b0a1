import assert from "node:assert/strict";
import { catalogueFile, readCatalogueFile } from "../../../lib/protocol/music.ts";
import {
  type DownloadNotes,
  formatHeader,
  formatPiece,
  readNotes,
} from "../../../lib/runtime/music/downloads/download_notes.ts";
import { safeFileName } from "../../../lib/runtime/music/downloads/safe_file_name.ts";
import {
  formatIndexEntry,
  parseIndexEntry,
} from "../../../lib/runtime/music/library/index_entry.ts";
import { readTags } from "../../../lib/runtime/music/library/tags.ts";
import { WavError } from "../../../lib/runtime/sound/wav_header.ts";
import { WavReader } from "../../../lib/runtime/sound/wav_reader.ts";
import { flacFile, mp3File, wavFile } from "../../runtime/music/library/tagged_files.ts";
import { bytesOf, type FuzzTarget, textOf } from "../target.ts";

const WORDS = { title: "Suíte", artist: "João" };
const ID = "ab".repeat(32);
const NOTED = { id: ID, name: "a.flac", size: 600_000 };

/** Gives a file with these bytes to `use`; it is gone before anybody could find it. */
async function withFile<Result>(
  bytes: Uint8Array,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  const path = Deno.makeTempFileSync({ prefix: "fuzz-" });
  try {
    Deno.writeFileSync(path, bytes);
    return await use(path);
  } finally {
    Deno.removeSync(path);
  }
}

export const MUSIC_FILES: readonly FuzzTarget[] = [
  {
    name: "tags",
    seeds: [wavFile(WORDS).slice(0, 300), mp3File(WORDS).slice(0, 1500), flacFile(WORDS)],
    words: [
      "ID3",
      "TIT2",
      "TPE1",
      "TITLE=",
      "OggS",
      "ftyp",
      "moov",
      "FORM",
      "AIFF",
      "APETAGEX",
      "RIFF",
    ],
    most: 8000,
    tries: 60,
    async run(bytes, saw) {
      const tags = await withFile(bytes, async (path) => {
        using file = await Deno.open(path);
        return await readTags(file, bytes.length);
      });
      const { title, artist, seconds } = tags;
      assert.ok(typeof title === "string" && typeof artist === "string", "tags that are no text");
      assert.ok(seconds === null || seconds >= 0);
      const listed = catalogueFile({ id: ID, name: "a", size: 1, ...tags, pieces: undefined });
      assert.deepEqual(readCatalogueFile(listed), listed);
      saw(`${title !== ""} ${artist !== ""} ${seconds === null ? "none" : seconds > 1}`);
    },
  },
  {
    name: "wav_microphone",
    seeds: [wavFile(WORDS).slice(0, 600), wavFile(WORDS).slice(0, 44)],
    words: ["RIFF", "WAVE", "fmt ", "data", "LIST"],
    most: 3000,
    tries: 60,
    async run(bytes, saw) {
      await withFile(bytes, async (path) => {
        try {
          using reader = await WavReader.open(path);
          let frames = 0;
          while (await reader.readFrame() !== null) frames += 1;
          assert.ok(frames <= 2 + bytes.length, `${frames} frames`);
          saw(`${reader.format.encoding} ${reader.format.channels}`);
        } catch (error) {
          if (!(error instanceof WavError)) throw error;
          saw(error.message.replace(/[0-9]+/g, "#"));
        }
      });
    },
  },
  {
    name: "file_name",
    seeds: [
      "song.flac",
      "../../etc/passwd",
      "CON.mp3",
      ".hidden",
      "a.part",
      "x".repeat(300),
      "a\u202e3pm.exe",
    ]
      .map(bytesOf),
    words: ["../", "..\\", "NUL", "COM1", ".part", ".state", "\u202e", " .", "C:", "conin$"],
    most: 600,
    tries: 1000,
    run(bytes, saw) {
      const { stem, ending } = safeFileName(textOf(bytes));
      const whole = stem + ending;
      assert.doesNotMatch(whole, /[/\\\p{Cc}\p{Cs}:*?"<>|]/u, whole);
      assert.ok(whole !== "" && !/^[.\s]/u.test(whole) && !/[.\s]$/u.test(whole), whole);
      assert.ok(bytesOf(whole).length <= 255, "longer than a name may be");
      assert.doesNotMatch(whole, /\.(?:part|state)$/i, "it looks like a download of ours");
      const again = safeFileName(whole);
      assert.equal(again.stem + again.ending, whole, "a safe name is made safe again");
      saw(`${stem.startsWith("_")} ${ending !== ""} ${stem === "music"} ${stem.length > 100}`);
    },
  },
  {
    name: "download_notes",
    seeds: [bytesOf(formatHeader(NOTED) + formatPiece(0, ID) + formatPiece(2, ID)), bytesOf("{}")],
    words: ['{"piece":', '"sha256":', '"version":1', "\n"],
    most: 2000,
    tries: 60,
    async run(bytes, saw) {
      const notes: DownloadNotes | null = await withFile(bytes, async (path) => {
        using file = await Deno.open(path);
        return await readNotes(file);
      });
      if (notes === null) return saw("none");
      const { wanted, pieces } = notes;
      for (const piece of pieces.keys()) {
        assert.ok(piece * 262_144 < wanted.size, "a piece too many");
      }
      assert.ok(pieces.size <= bytes.length / 64);
      saw(`${Math.min(pieces.size, 9)} pieces`);
    },
  },
  {
    name: "index_entry",
    seeds: [bytesOf(formatIndexEntry({
      path: "/music/a.flac",
      stamp: { size: 10, changed: 1000 },
      content: { id: ID, pieces: ID, digests: new Uint8Array(32).fill(7) },
      tags: { title: "a", artist: "b", seconds: 1 },
    }))],
    words: ['"sum":', '"digests":', '"size":'],
    most: 1000,
    tries: 300,
    run(bytes, saw) {
      const entry = parseIndexEntry(bytes);
      if (entry === null) return saw("damaged");
      const again = parseIndexEntry(bytesOf(formatIndexEntry(entry)));
      assert.deepEqual(again, entry);
      saw("whole");
    },
  },
];
