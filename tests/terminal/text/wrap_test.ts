import { deepEqual, equal, ok } from "node:assert/strict";
import * as fc from "fast-check";
import { graphemes, mostColumns, paintedGraphemes } from "../../../lib/terminal/text/width.ts";
import { wrapLine, wrapToRows } from "../../../lib/terminal/text/wrap.ts";

const CASES: readonly (readonly [what: string, line: string, columns: number, rows: string[]])[] = [
  ["nothing", "", 10, [""]],
  ["what fits", "a  b c ", 7, ["a  b c "]],
  ["at blanks, which are dropped", "um dois   três", 8, ["um dois", "  três"]],
  ["blanks at the end", "um dois      ", 8, ["um dois"]],
  ["only blanks", "          ", 8, [""]],
  ["several rows", "aa bb cc dd ee", 6, ["aa bb", "  cc", "  dd", "  ee"]],
  ["a word longer than a row, from where it stands", "ab abcdefghijk x", 8, [
    "ab abcde",
    "  fghijk",
    "  x",
  ]],
  ["not at no-break spaces", "aaa b\u00a0b\u00a0b c", 7, ["aaa", "  b\u00a0b\u00a0b", "  c"]],
  ["between wide characters", "日本語の文章です", 9, ["日本語の", "  文章で", "  す"]],
  ["wide characters beside letters", "abc日本語 def", 7, ["abc日本", "  語", "  def"]],
  ["accents go with their letters", "e\u0301e\u0301e\u0301e\u0301 e\u0301", 4, [
    "e\u0301e\u0301e\u0301e\u0301",
    " e\u0301",
  ]],
  ["what is one character for Unicode, but wider than a row", "ᄀᄀᄀᄀᄀᄀ", 6, [
    "ᄀᄀᄀ",
    "  ᄀᄀ",
    "  ᄀ",
  ]],
  ["an indented line", "  aa bb cc dd ee ff", 12, ["  aa bb cc", "    dd ee ff"]],
  ["a narrow screen has a narrow indent", "ab cd ef", 3, ["ab", " cd", " ef"]],
  ["the narrowest screen", "ab c", 1, ["a", "b", "c"]],
  [
    "colour codes stay, also at a break",
    "\x1b[2mab\x1b[22m \x1b[31mcdef\x1b[39m gh",
    6,
    ["\x1b[2mab\x1b[22m", "  \x1b[31mcdef\x1b[39m", "  gh"],
  ],
  ["a colour code among blanks", "abcd \x1b[31m efgh", 6, ["abcd\x1b[31m", "  efgh"]],
];

for (const [what, line, columns, rows] of CASES) {
  Deno.test(`wrap: ${what}`, () => deepEqual(wrapLine(line, columns), rows));
}

Deno.test("wrap: an indent that is given", () => {
  deepEqual(wrapLine("/a  one two three", 8, 4), ["/a  one", "    two", "    thre", "    e"]);
});

Deno.test("wrap: no row is too wide, nothing but blanks is lost, the widths are right", () => {
  const part = fc.constantFrom(
    ...graphemes("abc défg日本語😀👩‍👩‍👧e\u0301🇵🇹"),
    " ",
    "   ",
    "\x1b[31m",
    "\x1b[39m",
    "https://example.org/a",
  );
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 60 }),
      fc.integer({ min: 9, max: 40 }),
      (parts, columns) => {
        const line = parts.join("");
        const rows = wrapToRows(line, columns);
        equal(squeeze(rows.map(({ text }) => text).join("")), squeeze(line));
        for (const { text, width } of rows) {
          ok(width <= columns, text);
          equal(width, widest(text));
        }
        for (const { text } of rows.slice(1)) ok(text.startsWith("  "), text);
      },
    ),
    { seed: 5, numRuns: 500 },
  );
});

function widest(text: string): number {
  return paintedGraphemes(text).reduce(
    (sum, part) => sum + (part.startsWith("\x1b") ? 0 : mostColumns(part)),
    0,
  );
}

function squeeze(text: string): string {
  return text.replaceAll(" ", "");
}
