import { SECOND } from "../../base/units.ts";
import type { SoundReport, TestOutcome } from "../../media/sound_status.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { Painter } from "../text/painter.ts";
import { noDevice } from "./sound_device.ts";

/** Cells of the meter, which with what stands around it fits 40 columns. */
const CELLS = 16;
/** What the first and the last cell mean, in dBFS: speech is between -40 and -10. */
const QUIET = -60;
const FULL = 0;
/** A peak below this is no speech, in dBFS: a room, or a microphone that is shut. */
const TOO_LOW = -45;
/** A peak from here on is distorted: louder than a full sine wave. */
const CLIPPING = -3;

interface Context {
  readonly say: Translator;
  readonly paint: Painter;
}

/** How the test goes on: `Recording [########        ] -28 dB 3 s`. */
export function calltestLine(
  { phase, level, left }: SoundReport & { readonly kind: "test" },
  { say, paint }: Context,
): string {
  const part = (level - QUIET) / (FULL - QUIET);
  const full = Math.round(CELLS * Math.min(1, Math.max(0, part)));
  const bar = "#".repeat(full);
  const painted = level >= CLIPPING ? paint.error(bar) : paint.good(bar);
  const word = say(phase === "recording" ? "sound.test.recording" : "sound.test.playing");
  const seconds = Math.max(0, Math.ceil(left / SECOND));
  return `${word} [${painted}${" ".repeat(CELLS - full)}] ${Math.round(level)} dB ${seconds} s`;
}

/** How the test ended, and what to do. */
export function calltestVerdict(outcome: TestOutcome, { say, paint }: Context): string {
  switch (outcome.kind) {
    case "done": {
      const peak = Math.round(outcome.peak);
      if (outcome.peak < TOO_LOW) return paint.warn(say("sound.test.low", { peak }));
      if (outcome.peak >= CLIPPING) return paint.warn(say("sound.test.clipping", { peak }));
      return paint.good(say("sound.test.good", { peak }));
    }
    case "fault":
      return paint.warn(noDevice(outcome.side, outcome.fault, say));
    case "in_call":
      return paint.warn(say("sound.test.in_call"));
    case "interrupted":
      return paint.warn(say("sound.test.interrupted"));
  }
}
