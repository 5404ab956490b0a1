import { equal } from "node:assert/strict";
import { HOUR, MINUTE, SECOND } from "../../../lib/base/units.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { ago, duration } from "../../../lib/terminal/views/duration.ts";

Deno.test("duration: the largest unit that fits, rounded down, in the language's spelling", () => {
  const rows = [
    [0, "0 ms", "0 ms"],
    [-1, "0 ms", "0 ms"],
    [0.46, "0.4 ms", "0,4 ms"],
    [9.99, "9.9 ms", "9,9 ms"],
    [20.7, "20 ms", "20 ms"],
    [999.9, "999 ms", "999 ms"],
    [1 * SECOND, "1 s", "1 s"],
    [1543, "1.5 s", "1,5 s"],
    [59_999, "59 s", "59 s"],
    [3 * MINUTE + 59 * SECOND, "3 min", "3 min"],
    [HOUR, "1 h", "1 h"],
    [47 * HOUR, "47 h", "47 h"],
    [49 * HOUR, "2 d", "2 d"],
  ] as const;
  for (const [ms, english, portuguese] of rows) {
    equal(duration(ms, translator("en")), english);
    equal(duration(ms, translator("pt")), portuguese);
  }
});

Deno.test("ago: to the second", () => {
  const rows = [
    [999, "now", "agora"],
    [1999, "1 s ago", "há 1 s"],
    [3 * MINUTE, "3 min ago", "há 3 min"],
  ] as const;
  for (const [ms, english, portuguese] of rows) {
    equal(ago(ms, translator("en")), english);
    equal(ago(ms, translator("pt")), portuguese);
  }
});
