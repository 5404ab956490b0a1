import { deepEqual, equal, match, ok } from "node:assert/strict";
import { displayWidth } from "../../../lib/terminal/text/width.ts";
import { queueList, songsList } from "../../../lib/terminal/views/music_songs.ts";
import { context, EVIL, song } from "./music_fixture.ts";

const SONGS = [
  song(),
  song({ number: 12, title: "日本語の題名", artist: "", nodes: ["ana", "rui"], here: true }),
  song({ number: 500, title: "", name: "no tags.flac", seconds: null, nodes: [], here: true }),
];

function songs(columns: number, changes = {}) {
  return songsList(
    { kind: "songs", query: null, songs: SONGS, more: false, ...changes },
    context(columns),
  );
}

Deno.test("songs: a table with the numbers to type", () => {
  deepEqual(songs(80), [
    "3 songs:",
    "No.  Title         Artist  Length    Size  From",
    "  1  Suite nº 1    Bach      3:45  4.2 MB  ana",
    " 12  日本語の題名            3:45  4.2 MB  here, ana, rui",
    "500  no tags.flac  Bach         –  4.2 MB  here",
    "To hear one: /play <number>. To keep one: /get <number>",
  ]);
});

Deno.test("songs: two lines each in a narrow terminal", () => {
  deepEqual(songs(30).slice(0, -1), [
    "3 songs:",
    "  1 Suite nº 1",
    "    Bach, 3:45, 4.2 MB, ana",
    " 12 日本語の題名",
    "    3:45, 4.2 MB, here, ana, …",
    "500 no tags.flac",
    "    Bach, –, 4.2 MB, here",
  ]);
});

Deno.test("songs: no row is wider than the terminal", () => {
  const long = SONGS.map((one) => ({ ...one, title: "日本x".repeat(99), artist: "é".repeat(300) }));
  for (const columns of [10, 20, 40, 59, 60, 61, 80, 132]) {
    for (const line of songs(columns, { songs: long }).slice(1, -1)) {
      ok(displayWidth(line) <= columns, `${columns}: ${line}`);
    }
  }
});

Deno.test("songs: the words that were looked for, and what to do where there is nothing or more", () => {
  equal(songs(80, { query: "bach" })[0], "3 songs with “bach”:");
  equal(songs(80, { query: "bach", songs: [song()] })[0], "1 song with “bach”:");
  deepEqual(songs(80, { songs: [] }), [
    "Nobody else shares songs. To share yours: /share <folder>",
  ]);
  deepEqual(songs(80, { songs: [], query: "x\x1b[2J" }), [
    "Nobody shares a song with “x␛[2J”. All songs: /files",
  ]);
  match(songs(80, { more: true }).at(-2)!, /\/files <words>$/);
});

Deno.test("songs: a list of 500 is shown whole", () => {
  const many = Array.from({ length: 500 }, (_, i) => song({ number: i + 1 }));
  equal(songs(80, { songs: many }).length, 503);
  equal(songs(40, { songs: many }).length, 1002);
});

Deno.test("songs: nothing of others reaches the terminal raw", () => {
  const evil = [
    song({ title: EVIL, artist: EVIL, nodes: [EVIL] }),
    song({ title: "", name: EVIL }),
  ];
  for (const columns of [30, 100]) {
    for (const line of songs(columns, { songs: evil, query: EVIL })) {
      // deno-lint-ignore no-control-regex
      ok(!/[\x00-\x1f\u202e]/.test(line), line);
    }
  }
});

Deno.test("queue: in the order of playing, or how to begin one", () => {
  deepEqual(queueList({ kind: "queue", songs: SONGS.slice(0, 2) }, context()), [
    "Waiting to be played:",
    "  Bach – Suite nº 1 (3:45)",
    "  日本語の題名 (3:45)",
  ]);
  match(queueList({ kind: "queue", songs: [] }, context())[0]!, /\/queue <number>$/);
  ok(displayWidth(queueList({ kind: "queue", songs: SONGS }, context(15))[1]!) <= 15);
});
