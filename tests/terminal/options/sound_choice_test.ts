import { deepEqual, equal, match, ok } from "node:assert/strict";
import { formatMessage } from "@optique/core/message";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { microphoneChoice, speakerChoice } from "../../../lib/terminal/options/sound_choice.ts";

const SIDES = [microphoneChoice, speakerChoice];
const t = translator("en");

const TAKEN = [
  ["auto", { kind: "auto" }],
  ["none", { kind: "none" }],
  ["file:voz.wav", { kind: "file", path: "voz.wav" }],
  ["file:/tmp/a voz: 1.wav", { kind: "file", path: "/tmp/a voz: 1.wav" }],
  ["pulse:alsa_input.pci", { kind: "device", id: "pulse:alsa_input.pci" }],
  ["AUTO", { kind: "device", id: "AUTO" }],
  ["Fone do João", { kind: "device", id: "Fone do João" }],
] as const;

Deno.test("both sides take auto, none, files and devices, and format what they take", () => {
  for (const side of SIDES) {
    const parser = side(t, "--x");
    for (const [input, value] of TAKEN) {
      deepEqual(parser.parse(input), { success: true, value }, input);
      equal(parser.format(value), input);
    }
  }
});

Deno.test("a tone is a microphone only, and one that can be heard", () => {
  const microphone = microphoneChoice(t, "--mic");
  for (const [input, hertz] of [["tone:50", 50], ["tone:20000", 20000]] as const) {
    deepEqual(microphone.parse(input), { success: true, value: { kind: "tone", hertz } });
    equal(microphone.format({ kind: "tone", hertz }), input);
    ok(!speakerChoice(t, "--speaker").parse(input).success);
  }
});

const REFUSED = [
  "",
  " ",
  "file:",
  "file: ",
  "file:a\0b",
  "a\x1b[2Jb",
  "tone:",
  "tone:49",
  "tone:x",
];

Deno.test("anything else is refused with a sentence that names the option", () => {
  for (const side of SIDES) {
    for (const language of LANGUAGES) {
      for (const input of REFUSED) {
        const result = side(translator(language), "--x").parse(input);
        ok(!result.success, input);
        const sentence = formatMessage(result.error);
        match(sentence, /--x/);
        // deno-lint-ignore no-control-regex
        equal(/[\x00-\x1f]/.test(sentence), false);
      }
    }
  }
});

Deno.test("a shell is offered the words that begin a choice", () => {
  const offered = (
    side: typeof microphoneChoice,
    prefix: string,
  ) => [...side(t, "--x").suggest?.(prefix) ?? []];
  deepEqual(offered(microphoneChoice, "t"), [{ kind: "literal", text: "tone:" }]);
  deepEqual(offered(speakerChoice, "t"), []);
  equal(offered(microphoneChoice, "").length, 4);
});
