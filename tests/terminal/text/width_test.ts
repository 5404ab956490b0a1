import { strict as assert } from "node:assert";
import stringWidth from "string-width";
import {
  cutToWidth,
  displayWidth,
  graphemes,
  mostColumns,
  padToWidth,
  paintedGraphemes,
} from "../../../lib/terminal/text/width.ts";

Deno.test("display width", () => {
  const widths: [string, number][] = [
    ["", 0],
    ["abc", 3],
    ["ação", 4],
    ["e\u0301", 1],
    ["日本", 4],
    ["😀", 2],
    ["👩‍👩‍👧", 2],
    ["\x1b[31mab\x1b[39m", 2],
  ];
  for (const [text, width] of widths) assert.equal(displayWidth(text), width, text);
});

Deno.test("what is measured without the library is what the library says", () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  for (let unit = 0; unit < 0x400; unit++) {
    // Among others, and before an accent, where it may be part of something.
    for (const around of ["", "a", "\u0301", "\ufe0f", "\u20e3"]) {
      const text = String.fromCharCode(unit) + around;
      const name = JSON.stringify(text);
      assert.equal(displayWidth(text), stringWidth(text), name);
      assert.deepEqual(graphemes(text), [...segmenter.segment(text)].map((s) => s.segment), name);
    }
  }
});

Deno.test("graphemes, also with colour codes between them", () => {
  assert.deepEqual(graphemes("e\u0301👩‍👩‍👧"), ["e\u0301", "👩‍👩‍👧"]);
  assert.deepEqual(paintedGraphemes("\x1b[31mab\x1b[39mc"), [
    "\x1b[31m",
    "a",
    "b",
    "\x1b[39m",
    "c",
  ]);
});

Deno.test("cutting", () => {
  const cuts: [string, number, string][] = [
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["日本語", 5, "日本…"],
    ["日本語", 4, "日…"],
    ["abc", 1, "…"],
    ["abc", 0, ""],
    ["\x1b[31mabcd\x1b[39m", 3, "\x1b[31mab…\x1b[0m"],
  ];
  for (const [text, columns, cut] of cuts) assert.equal(cutToWidth(text, columns), cut);
});

Deno.test("cutting where no character may take too much", () => {
  assert.equal(cutToWidth("👩‍👩‍👧x", 3), "👩‍👩‍👧x");
  assert.equal(cutToWidth("👩‍👩‍👧x", 7, mostColumns), "👩‍👩‍👧x");
  assert.equal(cutToWidth("👩‍👩‍👧x", 6, mostColumns), "…");
  assert.equal(cutToWidth("\x1b[31mabc\x1b[39m", 3, mostColumns), "\x1b[31mabc\x1b[39m");
});

Deno.test("padding", () => {
  assert.equal(padToWidth("日", 4), "日  ");
  assert.equal(padToWidth("日", 4, "right"), "  日");
  assert.equal(padToWidth("abc", 2), "abc");
});

Deno.test("the most columns that a terminal may give a character", () => {
  const widths: [string, number][] = [["a", 1], ["日", 2], ["e\u0301", 1], ["😀", 2], ["👩‍👩‍👧", 6]];
  for (const [character, width] of widths) assert.equal(mostColumns(character), width, character);
});
