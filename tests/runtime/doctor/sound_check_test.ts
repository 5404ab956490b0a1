import assert from "node:assert/strict";
import type { Finding } from "../../../lib/doctor/findings.ts";
import { hearMicrophone, playToSpeaker } from "../../../lib/runtime/doctor/device_trial.ts";
import { checkSound } from "../../../lib/runtime/doctor/sound_check.ts";
import { openSpeaker } from "../../../lib/runtime/sound/devices.ts";
import { Pacer } from "../../../lib/runtime/sound/pacer.ts";
import { tone } from "../../media/tone.ts";
import { PulseRig } from "../sound/pulse_rig.ts";

const never = new AbortController().signal;
const TONE = tone(1000, 960, 10_000, 48_000);

/** What is found of each device, by its id; the preferred one has a star. */
function byId(findings: readonly Finding[]): Record<string, string> {
  return Object.fromEntries(findings.map((finding) => {
    assert.ok(finding.kind === "device", JSON.stringify(finding));
    const { device, preferred, result } = finding;
    return [`${device.id}${preferred ? "*" : ""}`, result.kind];
  }));
}

Deno.test("microphones: each is opened, sound is told from silence, and monitors are none", async () => {
  await using rig = await PulseRig.start();
  using _ = rig.adopt();
  await using speaker = await openSpeaker({ kind: "device", id: "pulse:say_a" }, { lost() {} });
  using _pacer = new Pacer(() => speaker!.play(TONE));
  await new Promise<void>((resolve) => {
    const look = () => (speaker!.backlog ?? 0) > 0 ? resolve() : setTimeout(look, 10);
    look();
  });
  const found = await checkSound("microphone", never);
  assert.deepEqual(byId(found), { "pulse:mouth_a*": "heard", "pulse:mouth_b": "silence" });
  const [first] = found;
  assert.ok(first?.kind === "device" && first.result.kind === "heard");
  // A sine of 10,000 steps of 32,768: -10.3 dB, and 3 dB less for its shape.
  assert.ok(Math.abs(first.result.level - -13.3) < 1, String(first.result.level));
});

Deno.test("speakers: each takes a moment of silence, the one in use first", async () => {
  await using rig = await PulseRig.start();
  using _ = rig.adopt();
  await rig.ask("set-default-sink", "ear_b");
  const found = await checkSound("speaker", never);
  assert.deepEqual(byId(found), {
    "pulse:ear_b*": "played",
    "pulse:rig": "played",
    "pulse:ear_a": "played",
    "pulse:say_a": "played",
    "pulse:say_b": "played",
  });
  assert.doesNotMatch(await rig.ask("list", "sink-inputs"), /prosa/, "all are given back");
});

Deno.test("a side without a device is told so", async () => {
  await using rig = await PulseRig.start(["module-null-sink sink_name=only rate=48000"]);
  using _ = rig.adopt();
  assert.deepEqual(await checkSound("microphone", never), [
    { kind: "no_device", side: "microphone" },
  ]);
});

Deno.test("a check that is cut short before it begins opens nothing", async () => {
  await using rig = await PulseRig.start();
  using _ = rig.adopt();
  await checkSound("microphone", AbortSignal.abort());
  assert.doesNotMatch(await rig.ask("list", "source-outputs"), /prosa/);
});

Deno.test("a device that went away since it was listed does not work", async () => {
  await using rig = await PulseRig.start();
  using _ = rig.adopt();
  const device = { backend: "pulse", id: "pulse:unplugged", label: "", card: null } as const;
  const fault = { kind: "fault", fault: { why: "not_found", wanted: "pulse:unplugged" } };
  assert.deepEqual(await hearMicrophone(device, never), fault);
  assert.deepEqual(await playToSpeaker(device, never), fault);
});
