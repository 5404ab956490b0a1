import { deepEqual, equal, match, ok } from "node:assert/strict";
import { formatMessage } from "@optique/core/message";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { byteCount, byteRate } from "../../../lib/terminal/options/byte_count.ts";

const t = translator("en");
const size = byteCount(t, "--x");
const rate = byteRate(t, "--x");

const AMOUNTS = [
  ["0", 0],
  ["1", 1],
  ["500k", 500_000],
  ["500K", 500_000],
  ["2M", 2_000_000],
  ["2MB", 2_000_000],
  ["1.5G", 1_500_000_000],
  ["0.001k", 1],
  ["9T", 9e12],
] as const;

Deno.test("bytes are taken with the letters of powers of ten", () => {
  for (const [input, value] of AMOUNTS) {
    deepEqual(size.parse(input), { success: true, value }, input);
    deepEqual(rate.parse(input), { success: true, value: { limit: value || null } }, input);
  }
  deepEqual(rate.parse("None"), { success: true, value: { limit: null } });
  ok(!size.parse("none").success);
});

Deno.test("what a parser formats, it takes again", () => {
  for (const value of [0, 1, 2_500_000]) {
    deepEqual(size.parse(size.format(value)), { success: true, value });
  }
  for (const limit of [null, 1, 2_500_000]) {
    deepEqual(rate.parse(rate.format({ limit })), { success: true, value: { limit } });
  }
});

const REFUSED = ["", " ", "-1", "k", "1 k", "1e9", "1kk", "1.5.5", "1,5G", "0x10", "٣", "\x1b[2J"];

Deno.test("anything else is refused with a sentence that names the option", () => {
  for (const reader of [byteCount, byteRate]) {
    for (const language of LANGUAGES) {
      for (const input of [...REFUSED, "9".repeat(16), "999999T", "9".repeat(400)]) {
        const result = reader(translator(language), "--x").parse(input);
        ok(!result.success, input);
        const sentence = formatMessage(result.error);
        match(sentence, /--x/);
        // deno-lint-ignore no-control-regex
        equal(/[\x00-\x1f]/.test(sentence), false);
      }
    }
  }
});
