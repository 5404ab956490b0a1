import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { DeviceFault, SoundReport } from "../../../lib/media/sound_status.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { device, shown, STATUS } from "./sound_fixture.ts";

const microphone = device("mic0", "Microfone interno");
const speaker = device("spk0", "Fone 日本");
const silent = { backend: "none", id: "none", label: "", card: null } as const;
const none: DeviceFault = { why: "none_found" };

Deno.test("sound started: what records and what plays", () => {
  deepEqual(shown({ kind: "sound_started", microphone, speaker, echo: false }), [
    "Microphone: Microfone interno",
    "Speaker: Fone 日本",
  ]);
  const lines = shown({ kind: "sound_started", microphone, speaker, echo: true });
  match(lines.at(-1)!, /Headphones.*\/half-duplex on$/);
});

Deno.test("sound started: a side without a device, and which way the call works then", () => {
  const start = { kind: "sound_started", echo: false } as const;
  deepEqual(shown({ ...start, microphone: none, speaker }), [
    "No microphone: none was found that works. /devices shows what there is; --mic chooses one when the program starts.",
    "Speaker: Fone 日本",
    "The call works one way: you hear, but you are not heard.",
  ]);
  equal(
    shown({ ...start, microphone, speaker: none }).at(-1),
    "The call works one way: you are heard, but you hear nothing.",
  );
  deepEqual(shown({ ...start, microphone: silent, speaker: none }).slice(0, 1), [
    "Microphone: none",
  ]);
  match(shown({ ...start, microphone: silent, speaker: none }).at(-1)!, /without sound/);
});

Deno.test("each fault of a device says the way out", () => {
  const faults: readonly (readonly [DeviceFault, RegExp])[] = [
    [none, /\/devices.*--speaker/],
    [{ why: "not_found", wanted: "x" }, /“x”\. \/devices.*--speaker/],
    [{ why: "permission", flag: "--allow-run=pacat" }, /--allow-run=pacat/],
    [{ why: "no_wav", wanted: "a.mp3" }, /“a\.mp3”.*--speaker file:/],
    [
      { why: "file", wanted: "a.wav", trouble: "full_disk" },
      /“a\.wav”.*: the disk is full\. .*--speaker file:/,
    ],
    [{ why: "failed", wanted: "x", detail: "gone" }, /“x”.*\(gone\).*\/devices/],
  ];
  for (const [fault, words] of faults) {
    const [line] = shown({ kind: "device_lost", side: "speaker", fault });
    match(line!, words);
    match(line!, /^The speaker is gone: .* You hear nothing any more\.$/);
    match(shown({ kind: "device_lost", side: "microphone", fault })[0]!, /You are not heard/);
  }
});

Deno.test("no sound: what to check, with the port, and only what can be wrong", () => {
  const lines = shown({ kind: "no_sound", packets: false });
  equal(lines.length, 4);
  match(lines[1]!, /\/mute off/);
  match(lines[2]!, /UDP 6000/);
  match(lines[3]!, /NAT/);
  match(shown({ kind: "no_sound", packets: false }, { port: null })[2]!, /let UDP in/);
  const silence = shown({ kind: "no_sound", packets: true });
  equal(silence.length, 2);
  match(silence.join(), /silence.*\/mute off/);
  deepEqual(shown({ kind: "sound_back" }), ["Sound arrives again."]);
});

Deno.test("answers: microphone, volume, half duplex", () => {
  match(shown({ kind: "muted", on: true })[0]!, /\/mute off$/);
  match(shown({ kind: "muted", on: false })[0]!, /\/mute on$/);
  deepEqual(shown({ kind: "volume", percent: 150 }), ["Volume of the other side: 150 %"]);
  match(shown({ kind: "half_duplex", on: true })[0]!, /\/half-duplex off$/);
  equal(shown({ kind: "half_duplex", on: false }).length, 1);
});

const EVIL = "M\x1b[2J\u202e\n";
const evil = device(EVIL, EVIL);
const fault: DeviceFault = { why: "failed", wanted: EVIL, detail: EVIL.repeat(1000) };

const REPORTS: { readonly [Kind in SoundReport["kind"]]: SoundReport & { readonly kind: Kind } } = {
  muted: { kind: "muted", on: true },
  volume: { kind: "volume", percent: 1 },
  half_duplex: { kind: "half_duplex", on: true },
  devices: {
    kind: "devices",
    microphones: [evil],
    speakers: [evil],
    microphone: evil,
    speaker: fault,
  },
  stats: { kind: "stats", status: STATUS },
  sound_started: { kind: "sound_started", microphone: evil, speaker: fault, echo: true },
  device_lost: { kind: "device_lost", side: "microphone", fault },
  no_sound: { kind: "no_sound", packets: false },
  sound_back: { kind: "sound_back" },
  sound_clock: { kind: "sound_clock", side: "speaker", at: 1 },
  test: { kind: "test", phase: "playing", level: -20, left: 1 },
  test_ended: { kind: "test_ended", outcome: { kind: "fault", side: "speaker", fault } },
};

Deno.test("every report has its view in every language, and nothing of others reaches the terminal raw", () => {
  for (const report of Object.values(REPORTS)) {
    for (const language of LANGUAGES) {
      const lines = shown(report, { say: translator(language), columns: 40 });
      equal(lines.length === 0, report.kind === "sound_clock", report.kind);
      for (const line of lines) {
        // deno-lint-ignore no-control-regex
        ok(!/[\x00-\x1f\u202e]/.test(line), `${report.kind}: ${line}`);
        ok(line.length < 600, line);
      }
    }
  }
});
