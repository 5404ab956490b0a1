import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { DeviceFault } from "../../../lib/media/sound_status.ts";
import {
  chosenMicrophone,
  chosenSpeaker,
  listMicrophones,
  listSpeakers,
  openMicrophone,
  openSpeaker,
} from "../../../lib/runtime/sound/devices.ts";
import { DeviceError } from "../../../lib/runtime/sound/device.ts";
import { Pacer } from "../../../lib/runtime/sound/pacer.ts";
import { impurity, loudness, tone } from "../../media/tone.ts";
import { until } from "./condition.ts";
import { PulseRig } from "./pulse_rig.ts";

const TONE = tone(1000, 960, 10_000, 48_000);

async function faultOf(opening: Promise<unknown>): Promise<DeviceFault> {
  const error = await opening.then(() => assert.fail("it was opened"), (error) => error);
  assert.ok(error instanceof DeviceError, String(error));
  return error.fault;
}

Deno.test("pulse: what there is, the monitors last, and what would be taken", async () => {
  await using rig = await PulseRig.start();
  using _ = rig.adopt();
  const microphones = (await listMicrophones()).filter(({ backend }) => backend === "pulse");
  assert.deepEqual(microphones.slice(0, 3).map(({ id }) => id), [
    "pulse:mouth_a",
    "pulse:mouth_b",
    "pulse:rig.monitor",
  ]);
  const speakers = (await listSpeakers()).filter(({ backend }) => backend === "pulse");
  assert.deepEqual(speakers.map(({ id }) => id), [
    "pulse:rig",
    "pulse:ear_a",
    "pulse:ear_b",
    "pulse:say_a",
    "pulse:say_b",
  ]);
  await rig.ask("set-default-source", "mouth_b");
  await rig.ask("set-default-sink", "ear_b");
  assert.deepEqual(await chosenMicrophone({ kind: "auto" }), microphones[1]);
  assert.deepEqual(await chosenSpeaker({ kind: "auto" }), speakers[2]);
  assert.deepEqual(await chosenSpeaker({ kind: "device", id: "say_b" }), speakers[4]);
});

Deno.test("pulse: without a real microphone, the monitor is not taken for one", async () => {
  await using rig = await PulseRig.start(["module-null-sink sink_name=only rate=48000"]);
  using _ = rig.adopt();
  const none = { why: "none_found" };
  assert.deepEqual(await faultOf(openMicrophone({ kind: "auto" }, noEvents())), none);
  assert.deepEqual(await chosenMicrophone({ kind: "auto" }), none);
  const monitor = await chosenMicrophone({ kind: "device", id: "pulse:only.monitor" });
  assert.ok("backend" in monitor);
});

Deno.test("pulse: what is played to a speaker comes out of the microphone behind it", async () => {
  await using rig = await PulseRig.start();
  using _ = rig.adopt();
  const heard: number[] = [];
  let lastAt = performance.now();
  let longest = 0;
  await using microphone = await openMicrophone({ kind: "auto" }, {
    frame(frame) {
      const now = performance.now();
      if (heard.length > 0) longest = Math.max(longest, now - lastAt);
      lastAt = now;
      heard.push(...frame);
    },
    lost: ({ why }) => assert.fail(why),
  });
  assert.equal(microphone!.device.id, "pulse:mouth_a");
  await using speaker = await openSpeaker({ kind: "device", id: "pulse:say_a" }, noEvents());
  const backlogs: (number | null)[] = [];
  {
    heard.length = 0;
    using _pacer = new Pacer(() => {
      speaker!.play(TONE);
      backlogs.push(speaker!.backlog);
    });
    await until(() => backlogs.length === 75);
  }
  const middle = Int16Array.from(heard.slice(heard.length / 2, heard.length / 2 + 24_000));
  assert.ok(Math.abs(loudness(middle) / (10_000 * Math.SQRT1_2) - 1) < 0.1, `${loudness(middle)}`);
  assert.ok(impurity(middle, 1000, 48_000) < -15, `${impurity(middle, 1000, 48_000)} dB`);
  const known = backlogs.filter((backlog) => backlog !== null);
  assert.ok(known.length > 40, `${known.length} backlogs`);
  assert.ok(known.slice(-20).every((backlog) => backlog > 0 && backlog < 100), `${known}`);
  assert.ok(longest < 1000, `${longest} ms without a frame`);
});

Deno.test("pulse: names that it does not know", async () => {
  await using rig = await PulseRig.start();
  using _ = rig.adopt();
  for (const wanted of ["pulse:nobody", "nobody"]) {
    const choice = { kind: "device", id: wanted } as const;
    assert.deepEqual(await faultOf(openMicrophone(choice, noEvents())), {
      why: "not_found",
      wanted,
    });
    assert.deepEqual(await chosenSpeaker(choice), { why: "not_found", wanted });
  }
});

Deno.test("pulse: a sound server that ends during a call is told on both sides", async () => {
  await using rig = await PulseRig.start();
  using _ = rig.adopt();
  const lost: string[] = [];
  const told = (side: string) => ({
    frame: () => {},
    lost: (fault: DeviceFault) => void lost.push(`${side}: ${fault.why}`),
  });
  await using _microphone = await openMicrophone({ kind: "auto" }, told("microphone"));
  await using _speaker = await openSpeaker({ kind: "auto" }, told("speaker"));
  rig.server.kill("SIGKILL");
  await until(() => lost.length === 2);
  assert.deepEqual(lost.toSorted(), ["microphone: failed", "speaker: failed"]);
});

Deno.test("pulse: where none answers, the search is short", async () => {
  const rig = await PulseRig.start();
  using _ = rig.adopt();
  await rig[Symbol.asyncDispose]();
  const before = performance.now();
  const fault = await faultOf(openSpeaker({ kind: "auto" }, noEvents()));
  assert.ok(["none_found", "failed", "not_found"].includes(fault.why), fault.why);
  assert.ok(performance.now() - before < 1500, `${performance.now() - before} ms`);
});

Deno.test("pulse: ALSA reaches it too, through its own programs", async () => {
  await using rig = await PulseRig.start();
  using _ = rig.adopt();
  let frames = 0;
  const choice = { kind: "device", id: "alsa:pulse" } as const;
  await using microphone = await openMicrophone(choice, { ...noEvents(), frame: () => frames++ });
  assert.equal(microphone!.device.backend, "alsa");
  await using speaker = await openSpeaker(choice, noEvents());
  for (let n = 0; n < 5; n++) speaker!.play(TONE);
  await until(() => frames > 10);
  assert.match(
    await rig.ask("list", "sink-inputs"),
    /application\.name = "ALSA plug-in \[aplay\]"/,
  );
  const unknown = { kind: "device", id: "alsa:no_such_card" } as const;
  assert.deepEqual(await faultOf(openSpeaker(unknown, noEvents())), {
    why: "not_found",
    wanted: "alsa:no_such_card",
  });
});

Deno.test("pulse: programs that record and play end with ours, also when it is killed", async () => {
  await using rig = await PulseRig.start();
  const caller = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-run=parec,pacat,pactl",
      fileURLToPath(new URL("sound_holder.ts", import.meta.url)),
    ],
    env: rig.env,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = caller.stdout.getReader();
  await reader.read();
  await until(async () => await streams(rig) === 4);
  caller.kill("SIGKILL");
  await caller.status;
  await reader.cancel();
  await until(async () => await streams(rig) === 0);
  await until(async () => !/pacat|parec/.test(await rig.ask("list", "clients")));
});

/** How many streams programs have, to and from the rig. */
async function streams(rig: PulseRig): Promise<number> {
  const lists = await rig.ask("list", "sink-inputs") + await rig.ask("list", "source-outputs");
  return lists.split('application.name = "prosa"').length - 1;
}

function noEvents() {
  return { frame: () => {}, lost: (_: DeviceFault) => {} };
}
