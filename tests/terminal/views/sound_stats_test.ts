import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { MediaStatus } from "../../../lib/media/media_session.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { displayWidth } from "../../../lib/terminal/text/width.ts";
import { shown, STATUS } from "./sound_fixture.ts";

Deno.test("stats: every figure of a call", () => {
  deepEqual(shown({ kind: "stats", status: STATUS }), [
    "Quality (MOS)     4.3 (good)",
    "Mouth to ear           99 ms",
    "Round trip (RTT)       23 ms",
    "Jitter                1.3 ms",
    "Loss in                1.3 %",
    "Loss out                   –",
    "Late packets           1,234",
    "Buffer: packets            3",
    "Buffer: delay          61 ms",
    "Buffer: target         60 ms",
    "Bit rate in        28 kbit/s",
    "Bit rate out       28 kbit/s",
    "Sent twice                no",
    "Level in            -96 dBFS",
    "Level out           -23 dBFS",
  ]);
});

Deno.test("stats: numbers as the person writes them", () => {
  const status: MediaStatus = { ...STATUS, roundTrip: null, lossOut: 0.125, duplicating: true };
  const lines = shown({ kind: "stats", status }, { say: translator("pt") });
  equal(lines[0], "Qualidade (MOS)    4,3 (boa)");
  equal(lines[2], "Ida e volta (RTT)          –");
  equal(lines[5], "Perda na saída        12,5 %");
  equal(lines[12], "Envio em dobro           sim");
});

Deno.test("stats: quality in words, by the rating", () => {
  const words = [[93, "excellent"], [80, "good"], [79.9, "fair"], [60, "poor"], [
    0,
    "bad",
  ]] as const;
  for (const [rating, word] of words) {
    const status = { ...STATUS, quality: { rating, score: 1 } };
    match(shown({ kind: "stats", status })[0]!, new RegExp(`^Quality \\(MOS\\) +1 \\(${word}\\)$`));
  }
});

Deno.test("stats: fits a narrow screen, and says that there is no call", () => {
  const worst: MediaStatus = { ...STATUS, mouthToEar: 123_456, bitRateIn: 9e8, lossIn: 1 };
  for (const language of LANGUAGES) {
    const say = translator(language);
    for (const line of shown({ kind: "stats", status: worst }, { say, columns: 40 })) {
      ok(displayWidth(line) <= 40 && !line.includes("…"), line);
    }
    equal(shown({ kind: "stats", status: null }, { say })[0]!.includes("/call"), true);
  }
});
