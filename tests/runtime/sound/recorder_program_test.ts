import assert from "node:assert/strict";
import type { DeviceFault, SoundDevice } from "../../../lib/media/sound_status.ts";
import { DeviceError } from "../../../lib/runtime/sound/device.ts";
import { RecorderProgram } from "../../../lib/runtime/sound/recorder_program.ts";
import { until } from "./condition.ts";

const DEVICE: SoundDevice = { backend: "alsa", id: "alsa:x", label: "x", card: null };

function recorder(script: string) {
  const frames: Int16Array[] = [];
  const faults: DeviceFault[] = [];
  const events = {
    frame: (frame: Int16Array) => void frames.push(frame),
    lost: (fault: DeviceFault) => void faults.push(fault),
  };
  const command = { command: "sh", args: ["-c", script], device: DEVICE, chatter: /^chatter/ };
  return { frames, faults, opening: RecorderProgram.open(command, events) };
}

Deno.test("recorder program: what it writes comes as frames", async () => {
  const { frames, faults, opening } = recorder("head -c 1920 /dev/zero; exec sleep 60");
  const microphone = await opening;
  assert.equal(microphone!.device, DEVICE);
  assert.deepEqual(frames, [new Int16Array(960)]);
  await microphone![Symbol.asyncDispose]();
  await microphone![Symbol.asyncDispose]();
  assert.deepEqual(faults, []);
});

Deno.test("recorder program: one that gives its sound faster than time is cut down", async () => {
  const { frames, opening } = recorder("cat /dev/zero");
  await using _ = await opening;
  const before = performance.now();
  await until(() => performance.now() > before + 100);
  assert.ok(frames.length < 20, `${frames.length} frames in 100 ms`);
});

Deno.test("recorder program: one that ends during a call is told with its last words", async () => {
  const script = "head -c 2000 /dev/zero; sleep 0.1; echo gone >&2; echo chatter >&2";
  const { faults, opening } = recorder(script);
  await using _ = await opening;
  await until(() => faults.length > 0);
  assert.deepEqual(faults, [{ why: "failed", wanted: "alsa:x", detail: "gone" }]);
});

Deno.test("recorder program: one that ends at once is no microphone", async () => {
  const { faults, opening } = recorder("echo no such card >&2; exit 1");
  await assert.rejects(opening, (error) => {
    assert.ok(error instanceof DeviceError);
    assert.deepEqual(error.fault, { why: "failed", wanted: "alsa:x", detail: "no such card" });
    return true;
  });
  assert.deepEqual(faults, []);
});

Deno.test("recorder program: one that records nothing is no microphone", async () => {
  const { opening } = recorder("exec sleep 60");
  await assert.rejects(
    opening,
    (error) => error instanceof DeviceError && error.fault.why === "gives_nothing",
  );
});
