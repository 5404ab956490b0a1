import { strict as assert } from "node:assert";
import { seededRandom } from "../../../lib/base/random.ts";
import { printable } from "../../../lib/terminal/text/printable.ts";

const SHOWN: [string, string][] = [
  ["\x1b[2Jx", "␛[2Jx"],
  ["a\nb\rc\td\0", "a␊b␍c␉d␀"],
  ["\x7f\x9b31m\x85", "␡\\u{9b}31m\\u{85}"],
  ["\u202egnp.exe", "\\u{202e}gnp.exe"],
  ["\u2066a\u2069\u200e\u200f\u061c", "\\u{2066}a\\u{2069}\\u{200e}\\u{200f}\\u{61c}"],
  ["a\u2028b\u2029", "a\\u{2028}b\\u{2029}"],
  ["\ud800x\udfff", "\\u{d800}x\\u{dfff}"],
  ["An\u200ba\ufeff\u00ad\u2060", "An\\u{200b}a\\u{feff}\\u{ad}\\u{2060}"],
  ["An\u200da\u200c", "An\\u{200d}a\\u{200c}"],
  ["\u200dAna\ufe0f", "\\u{200d}Ana\\u{fe0f}"],
  ["\u3164\u115f\uffa0", "\\u{3164}\\u{115f}\\u{ffa0}"],
  ["\u{e0041}\u{e007f}", "\\u{e0041}\\u{e007f}"],
  ["\ufff9a\ufffb", "\\u{fff9}a\\u{fffb}"],
];

const KEPT = [
  "",
  "plain ~!@ text",
  "ação, Ünïcode, e\u0301, ñ",
  "日本語 한국어 ไทย हिन्दी",
  "שלום مرحبا",
  "😀 👍🏽 🇵🇹 1️⃣ ❤️ ☎︎",
  "👩‍👩‍👧‍👦 👩🏽‍💻 🏳️‍🌈 ❤️‍🔥",
  "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
  "می\u200cخواهم क्\u200dष",
  "葛\u{e0100}",
  "a\u00a0b",
];

Deno.test("what a terminal would obey or nobody would see is shown", () => {
  for (const [text, shown] of SHOWN) assert.equal(printable(text), shown);
});

Deno.test("what people write is kept", () => {
  for (const text of KEPT) assert.equal(printable(text), text);
});

Deno.test("nothing that a terminal obeys ever comes out", () => {
  const random = seededRandom(7);
  for (let round = 0; round < 300; round++) {
    const text = String.fromCharCode(
      ...Array.from({ length: 40 }, () => random() * (round % 2 === 0 ? 0x100 : 0x10000)),
    );
    const shown = printable(text);
    assert.doesNotMatch(shown, /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Cs}/u);
    assert.equal(printable(shown), shown);
  }
});

Deno.test("the time grows with the length only", () => {
  for (const part of ["\x1b", "\u200d", "\u{1f3f4}", "\u{1f3f4}\u{e0061}", "👩‍", "ا\u200c"]) {
    const start = performance.now();
    printable(part.repeat(100_000));
    assert(performance.now() - start < 2000, JSON.stringify(part));
  }
});
