import type { ValueParser } from "@optique/core/valueparser";
import type { SoundChoice } from "../../media/sound_status.ts";
import type { Translator } from "../messages/catalogue.ts";
import { quoted, type Reader, valueParser } from "./value_parsers.ts";

/** Hertz of a tone that is a microphone: what people and usual sound cards can hear. */
const TONE = { least: 50, most: 20_000 } as const;

/** What records: `auto`, `none`, `file:PATH`, `tone:HZ` or a device's id. */
export const microphoneChoice: Reader<SoundChoice> = (t, option) =>
  choiceParser(t, {
    read: readChoice,
    fault: (value) => t("options.fault.mic", { option, value, ...TONE }),
    words: ["auto", "none", "file:", "tone:"],
  });

/** What plays: as {@link microphoneChoice}, without the tone. */
export const speakerChoice: Reader<SoundChoice> = (t, option) =>
  choiceParser(t, {
    read: (input) => {
      const choice = readChoice(input);
      return choice?.kind === "tone" ? null : choice;
    },
    fault: (value) => t("options.fault.speaker", { option, value }),
    words: ["auto", "none", "file:"],
  });

interface Side {
  readonly read: (input: string) => SoundChoice | null;
  readonly fault: (quotedInput: string) => string;
  /** What a shell offers. */
  readonly words: readonly string[];
}

function choiceParser(t: Translator, side: Side): ValueParser<"sync", SoundChoice> {
  return {
    ...valueParser<SoundChoice>({
      metavar: t("options.value.sound"),
      read: side.read,
      fault: (input) => side.fault(quoted(input)),
      format: formatChoice,
      placeholder: { kind: "auto" },
    }),
    *suggest(prefix) {
      for (const text of side.words) {
        if (text.startsWith(prefix)) yield { kind: "literal", text };
      }
    },
  };
}

function readChoice(input: string): SoundChoice | null {
  if (input === "auto" || input === "none") return { kind: input };
  if (input.startsWith("file:")) {
    const path = input.slice("file:".length);
    return path.trim() === "" || path.includes("\0") ? null : { kind: "file", path };
  }
  if (input.startsWith("tone:")) return readTone(input.slice("tone:".length));
  // No system names a device so that nothing of it, or no line with it, can be shown.
  return /^\s*$|\p{Cc}/u.test(input) ? null : { kind: "device", id: input };
}

function readTone(digits: string): SoundChoice | null {
  const hertz = /^[0-9]{1,5}$/.test(digits) ? Number(digits) : NaN;
  return hertz >= TONE.least && hertz <= TONE.most ? { kind: "tone", hertz } : null;
}

function formatChoice(choice: SoundChoice): string {
  switch (choice.kind) {
    case "file":
      return `file:${choice.path}`;
    case "tone":
      return `tone:${choice.hertz}`;
    case "device":
      return choice.id;
    default:
      return choice.kind;
  }
}
