import assert from "node:assert/strict";
import { normalizeName, ownNameFault, wireNameFault } from "../../lib/base/names.ts";

/** A name as it was typed or came, what the wire says of it, and what creating it says. */
const NAMES: readonly (readonly [
  what: string,
  name: string,
  wire: ReturnType<typeof wireNameFault>,
  own: ReturnType<typeof ownNameFault>,
])[] = [
  ["a plain name", "Ana", null, null],
  ["blanks inside", "João da Silva", null, null],
  ["other scripts", "王小明 Åse", null, null],
  ["an emoji of several code points", "👩‍👩‍👧", null, null],
  ["an instruction", "LIST", null, null],
  ["nothing", "", "empty", "empty"],
  ["64 characters", "a".repeat(64), null, null],
  ["65 characters", "a".repeat(65), "too_long", "too_long"],
  ["64 characters of two units", "😀".repeat(64), null, null],
  ["65 characters of two units", "😀".repeat(65), "too_long", "too_long"],
  ["64 wide and one narrow", "😀".repeat(64) + "a", "too_long", "too_long"],
  ["128 code points that NFC makes 64", "a\u0301".repeat(64), null, null],
  ["64 that NFC makes 128", "\u0958".repeat(64), "too_long", "too_long"],
  ["a line feed", "a\nb", "control", "control"],
  ["a carriage return", "a\rb", "control", "control"],
  ["a tab", "a\tb", "control", "control"],
  ["NUL", "a\0b", "control", "control"],
  ["escape", "\x1b[2J", "control", "control"],
  ["DEL", "a\x7f", "control", "control"],
  ["a C1 control", "a\x9b", "control", "control"],
  ["NEL", "a\x85b", "control", "control"],
  ["a line separator", "a\u2028b", "control", "control"],
  ["a paragraph separator", "a\u2029b", "control", "control"],
  ["a high surrogate alone", "a\ud83d", "control", "control"],
  ["a low surrogate alone", "\ude00a", "control", "control"],
  ["surrogates the wrong way round", "\ude00\ud83d", "control", "control"],
  ["a colon", "a:b", null, "reserved"],
  ["an at sign", "a@b", null, "reserved"],
  ["a number sign", "#a", null, "reserved"],
  ["an asterisk", "*", null, "reserved"],
  ["a blank at the start", " a", null, "blank_edge"],
  ["a blank at the end", "a ", null, "blank_edge"],
  ["a blank alone", " ", null, "blank_edge"],
  ["a no-break space at the end", "a\u00a0", null, "blank_edge"],
  ["an ideographic space at the start", "\u3000a", null, "blank_edge"],
  ["a byte order mark at the start", "\ufeffa", null, "blank_edge"],
];

for (const [what, name, wire, own] of NAMES) {
  Deno.test(`names: ${what}`, () => {
    assert.equal(wireNameFault(normalizeName(name)), wire);
    assert.equal(ownNameFault(name), own);
  });
}

Deno.test("names: NFC makes one of what looks the same, and is done once", () => {
  assert.equal(normalizeName("Joa\u0303o"), "Jo\u00e3o");
  assert.equal(normalizeName("\u212b"), "\u00c5");
  for (const [, name] of NAMES) {
    assert.equal(normalizeName(normalizeName(name)), normalizeName(name));
  }
});

Deno.test("names: compatibility forms and cases stay different", () => {
  assert.notEqual(normalizeName("ﬁ"), normalizeName("fi"));
  assert.notEqual(normalizeName("Ana"), normalizeName("ana"));
});
