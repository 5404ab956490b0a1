import { deepEqual, equal, ok } from "node:assert/strict";
import type { SoundReport } from "../../../lib/media/sound_status.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { device, shown } from "./sound_fixture.ts";

const internal = device("0", "Microfone interno");
const headset = device("1", "Fone de ouvido");

function report(changes: Partial<SoundReport & { kind: "devices" }> = {}): SoundReport {
  const sides = { microphones: [internal, headset], speakers: [headset] };
  return { kind: "devices", ...sides, microphone: internal, speaker: headset, ...changes };
}

Deno.test("devices: name, what to type, and which one is used", () => {
  deepEqual(shown(report(), { say: translator("pt") }), [
    "Microfone          --mic",
    "Microfone interno  0      em uso",
    "Fone de ouvido     1",
    "Alto-falante    --speaker",
    "Fone de ouvido  1          em uso",
    "Para escolher, inicie o programa com --mic ou --speaker e o que está nessa coluna. auto usa o primeiro que funcionar.",
  ]);
});

Deno.test("devices: a file or nothing is used without being one of the system's", () => {
  const file = { backend: "file", id: "file:voz.wav", label: "voz.wav", card: null } as const;
  const lines = shown(report({ microphone: file }));
  deepEqual(lines.slice(0, 4), [
    "Microphone         --mic",
    "voz.wav            file:voz.wav  in use",
    "Microfone interno  0",
    "Fone de ouvido     1",
  ]);
});

Deno.test("devices: none at all, with the reason", () => {
  const lines = shown(report({ microphones: [], microphone: { why: "none_found" } }));
  equal(lines[0]!.startsWith("No microphone: none was found"), true);
});

Deno.test("devices: on a narrow screen nothing of what has to be typed is cut", () => {
  const id = "alsa_input.pci-0000_00_1f.3.analog-stereo";
  const long = device(id, "Áudio interno 日本語 Estéreo analógico");
  const lines = shown(report({ microphones: [long], microphone: long }), { columns: 40 });
  deepEqual(lines.slice(0, 3), [
    "Microphone (--mic)",
    `  ${id}`,
    "    Áudio interno 日本語 Estéreo analógico (in use)",
  ]);
  ok(lines.includes("Speaker         --speaker"));
});
