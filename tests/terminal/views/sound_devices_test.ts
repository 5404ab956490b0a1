import { deepEqual, match, ok } from "node:assert/strict";
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
  match(lines[0]!, /^No microphone: .* Connect one, .* --mic file:<path>/);
  ok(lines.at(-1)!.startsWith("To choose"));
});

Deno.test("devices: none on either side: what to do, and nothing of columns that are not there", () => {
  const fault = { why: "none_found" } as const;
  const none = { microphones: [], microphone: fault, speakers: [], speaker: fault };
  const [microphone, speaker, ...more] = shown(report(none), { say: translator("pt") });
  match(microphone!, /^Sem microfone: .*Conecte um .* --mic file:<caminho>/);
  match(speaker!, /^Sem alto-falante: .*Conecte um .* --speaker file:<caminho>/);
  deepEqual(more, []);
  // A reason with a way out of its own keeps it.
  const missing = { why: "permission", flag: "--allow-run" } as const;
  match(shown(report({ microphones: [], microphone: missing }))[0]!, /--allow-run/);
});

Deno.test("devices: some, of which none works: who tells more", () => {
  const lines = shown(report({ microphone: { why: "none_found" } }));
  match(lines[3]!, /^No microphone: none of these works\. .*peer doctor/);
  const gone = shown(report({ microphone: { why: "not_found", wanted: "7" } }));
  match(gone[3]!, /^No microphone: there is no “7”\./);
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
