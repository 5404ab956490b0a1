import assert from "node:assert/strict";
import type { DeviceFault, SoundDevice } from "../../../lib/media/sound_status.ts";
import { DeviceError } from "../../../lib/runtime/sound/device.ts";
import { PlayerProgram } from "../../../lib/runtime/sound/player_program.ts";
import { until } from "./condition.ts";
import { TemporaryFolder } from "../temporary_folder.ts";

const DEVICE: SoundDevice = { backend: "alsa", id: "alsa:x", label: "x", card: null };

function player(script: string, faults: DeviceFault[] = []) {
  return PlayerProgram.open({
    command: "sh",
    args: ["-c", script],
    device: DEVICE,
    ready: /^ready$/,
    progress: null,
    chatter: null,
  }, { lost: (fault) => void faults.push(fault) });
}

function frame(number: number): Int16Array {
  return new Int16Array(960).fill(number);
}

Deno.test("player program: it reads what is played", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("played.raw");
  await using speaker = await player(`: > ${path}; echo ready >&2; exec cat > ${path}`);
  assert.equal(speaker!.device, DEVICE);
  assert.equal(speaker!.backlog, null);
  const played = frame(1);
  for (let n = 1; n <= 3; n++) {
    speaker!.play(played);
    played.fill(n + 1);
  }
  await until(async () => (await Deno.stat(path)).size === 3 * 1920);
  const samples = new Int16Array((await Deno.readFile(path)).buffer);
  assert.deepEqual([samples[0], samples[960], samples[1920]], [1, 2, 3]);
});

Deno.test("player program: it reads frames of any length whole", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("played.raw");
  await using speaker = await player(`: > ${path}; echo ready >&2; exec cat > ${path}`);
  const sizes = [960, 480, 1440];
  // Each is part of something longer.
  for (const size of sizes) speaker!.play(new Int16Array(2000).fill(size).subarray(10, 10 + size));
  await until(async () => (await Deno.stat(path)).size === 2 * 2880);
  const samples = new Int16Array((await Deno.readFile(path)).buffer);
  assert.deepEqual([...samples], sizes.flatMap((size) => Array(size).fill(size)));
});

Deno.test("player program: one that takes nothing has a pipe's worth and three frames waiting", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("played.raw");
  const go = folder.at("go");
  const script = `echo ready >&2; while ! test -e ${go}; do sleep 0.02; done; exec cat > ${path}`;
  await using speaker = await player(script);
  for (let n = 1; n <= 500; n++) {
    speaker!.play(frame(n));
    // Lets the pipe take what it can.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await Deno.writeFile(go, new Uint8Array(0));
  let size = -1;
  await until(async () => {
    const before = size;
    size = (await Deno.stat(path).catch(() => ({ size: -1 }))).size;
    return size > 0 && size === before;
  });
  assert.ok(size <= 65_536 + 5 * 1920, `${size} bytes`);
  const samples = new Int16Array((await Deno.readFile(path)).buffer);
  assert.deepEqual([samples.at(-1), samples.at(-961), samples.at(-1921)], [500, 499, 498]);
});

Deno.test("player program: one that ends during a call is told, and playing on is harmless", async () => {
  const faults: DeviceFault[] = [];
  const speaker = await player("echo ready >&2; head -c 1920 > /dev/null; echo gone >&2", faults);
  speaker!.play(frame(1));
  await until(() => faults.length > 0);
  assert.deepEqual(faults, [{ why: "failed", wanted: "alsa:x", detail: "gone" }]);
  for (let n = 0; n < 10; n++) speaker!.play(frame(2));
  await speaker![Symbol.asyncDispose]();
  await speaker![Symbol.asyncDispose]();
  assert.equal(faults.length, 1);
});

Deno.test("player program: one that ends at once is no speaker", async () => {
  await assert.rejects(player("echo refused >&2; exit 1"), (error) => {
    assert.ok(error instanceof DeviceError);
    assert.deepEqual(error.fault, { why: "failed", wanted: "alsa:x", detail: "refused" });
    return true;
  });
});

Deno.test("player program: one that says nothing is taken to work after a moment", async () => {
  const before = performance.now();
  await using _ = await player("exec cat > /dev/null");
  assert.ok(performance.now() - before >= 295);
});
