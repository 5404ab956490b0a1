import { equal, ok } from "node:assert/strict";
import { createPainter } from "../../../lib/terminal/text/painter.ts";
import { displayWidth } from "../../../lib/terminal/text/width.ts";
import {
  artistText,
  nodeNames,
  songText,
  songTime,
  titleText,
} from "../../../lib/terminal/views/song_text.ts";
import { EVIL, song } from "./music_fixture.ts";

const plain = createPainter(false);

Deno.test("a song is artist and title, or what of them is known, or its file", () => {
  equal(songText(song()), "Bach – Suite nº 1");
  equal(songText(song({ artist: " " })), "Suite nº 1");
  equal(songText(song({ title: "" })), "Bach – suite.mp3");
  equal(songText(song({ title: " ", artist: "" })), "suite.mp3");
});

Deno.test("what others write is printable and short", () => {
  const evil = song({ title: EVIL.repeat(5000), artist: EVIL.repeat(5000), nodes: [EVIL] });
  for (const text of [songText(evil), titleText(evil), artistText(evil)]) {
    ok(displayWidth(text) <= 120);
    // deno-lint-ignore no-control-regex
    ok(!/[\x00-\x1f\u202e]/.test(text));
  }
  equal(nodeNames(["a\x1b[2J"], plain), "a␛[2J");
});

Deno.test("points of a song, known or not", () => {
  equal(songTime(225.9), "3:45");
  equal(songTime(3723), "1:02:03");
  equal(songTime(null), "–");
});

Deno.test("many nodes are the first and how many more", () => {
  equal(nodeNames([], plain), "");
  equal(nodeNames(["ana", "rui", "eva"], plain), "ana, rui, eva");
  equal(nodeNames(["ana", "rui", "eva", "zé", "bia"], plain), "ana, rui, eva +2");
});
