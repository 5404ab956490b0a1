import assert from "node:assert/strict";
import type { DeviceFault } from "../../../lib/media/sound_status.ts";
import { DeviceError } from "../../../lib/runtime/sound/device.ts";
import { FileMicrophone } from "../../../lib/runtime/sound/file_microphone.ts";
import { ManualClock } from "./manual_clock.ts";
import { TemporaryFolder } from "../temporary_folder.ts";
import { bytesOf, wavBytes } from "./wav_bytes.ts";

/** Sound of which every sample of frame `k` is `k + 1`. */
function numbered(frames: number): Uint8Array<ArrayBuffer> {
  const samples = Int16Array.from({ length: frames * 960 }, (_, n) => Math.floor(n / 960) + 1);
  return wavBytes({ samples: bytesOf(samples) });
}

/** What comes of a microphone: the first sample of each frame. */
class Heard {
  readonly frames: number[] = [];
  readonly lost_: DeviceFault[] = [];
  #changed = Promise.withResolvers<void>();

  frame(frame: Int16Array): void {
    assert.equal(frame.length, 960);
    this.frames.push(frame[0]!);
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  lost(fault: DeviceFault): void {
    this.lost_.push(fault);
  }

  async count(frames: number): Promise<void> {
    while (this.frames.length < frames) await this.#changed.promise;
  }
}

async function faultOf(opening: Promise<unknown>): Promise<DeviceFault> {
  try {
    await opening;
  } catch (error) {
    assert.ok(error instanceof DeviceError);
    return error.fault;
  }
  assert.fail("it was opened");
}

Deno.test("file microphone: frame k comes at 20 (k + 1) ms, then silence", async () => {
  await using folder = await TemporaryFolder.make();
  const clock = new ManualClock(500);
  const heard = new Heard();
  const path = await folder.write("a.wav", numbered(3));
  await using microphone = await FileMicrophone.open(path, heard, clock);
  assert.deepEqual(microphone.device, {
    backend: "file",
    id: `file:${path}`,
    label: path,
    card: null,
  });
  clock.to(519.9);
  for (let frame = 1; frame <= 5; frame++) {
    assert.equal(heard.frames.length, frame - 1);
    clock.to(500 + 20 * frame);
    await heard.count(frame);
  }
  assert.deepEqual(heard.frames, [1, 2, 3, 0, 0]);
});

Deno.test("file microphone: what a stalled program missed is skipped, the file stays in time", async () => {
  await using folder = await TemporaryFolder.make();
  const clock = new ManualClock();
  const heard = new Heard();
  const path = await folder.write("a.wav", numbered(40));
  await using _ = await FileMicrophone.open(path, heard, clock);
  clock.to(40);
  await heard.count(2);
  clock.jump(600);
  await heard.count(5);
  clock.to(620);
  await heard.count(6);
  assert.deepEqual(heard.frames, [1, 2, 28, 29, 30, 31]);
});

Deno.test("file microphone: nothing comes after its end", async () => {
  await using folder = await TemporaryFolder.make();
  const clock = new ManualClock();
  const heard = new Heard();
  const microphone = await FileMicrophone.open(
    await folder.write("a.wav", numbered(4)),
    heard,
    clock,
  );
  clock.to(20);
  await microphone[Symbol.asyncDispose]();
  await microphone[Symbol.asyncDispose]();
  clock.to(1000);
  assert.equal(clock.waiting, 0);
  assert.ok(heard.frames.length <= 1);
  assert.deepEqual(heard.lost_, []);
});

Deno.test("file microphone: a file that is not there, or is none", async () => {
  await using folder = await TemporaryFolder.make();
  const heard = new Heard();
  const missing = folder.at("missing.wav");
  assert.deepEqual(await faultOf(FileMicrophone.open(missing, heard)), {
    why: "file",
    wanted: missing,
    trouble: "not_found",
  });
  const text = await folder.write("text.wav", new TextEncoder().encode("no sound at all"));
  for (const wanted of [text, folder.path]) {
    assert.deepEqual(await faultOf(FileMicrophone.open(wanted, heard)), { why: "no_wav", wanted });
  }
});

Deno.test({
  name: "file microphone: without the permission it names the flag",
  permissions: { read: false },
  async fn() {
    const heard = new Heard();
    assert.deepEqual(await faultOf(FileMicrophone.open("a.wav", heard)), {
      why: "permission",
      flag: "--allow-read",
    });
  },
});
