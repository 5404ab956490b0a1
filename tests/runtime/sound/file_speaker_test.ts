import assert from "node:assert/strict";
import type { DeviceFault } from "../../../lib/media/sound_status.ts";
import { DeviceError } from "../../../lib/runtime/sound/device.ts";
import { FileSpeaker } from "../../../lib/runtime/sound/file_speaker.ts";
import { WavReader } from "../../../lib/runtime/sound/wav_reader.ts";
import { TemporaryFolder } from "../temporary_folder.ts";

const EVENTS = { lost: (fault: DeviceFault) => assert.fail(fault.why) };

/** The number of each frame that was played, in the file's milliseconds. */
async function playedIn(path: string): Promise<Map<number, number>> {
  using reader = await WavReader.open(path);
  const samples: number[] = [];
  for (let frame; (frame = await reader.readFrame()) !== null;) samples.push(...frame);
  const starts = new Map<number, number>();
  samples.forEach((sample, at) => {
    if (sample !== 0 && !starts.has(sample)) starts.set(sample, at / 48);
  });
  return starts;
}

function frame(number: number, milliseconds = 20): Int16Array {
  return new Int16Array(48 * milliseconds).fill(number);
}

Deno.test("file speaker: what is played stands in the file at its time, within a frame", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("a.wav");
  let now = 9000.25;
  const opened = now;
  const at = [103, 123.5, 142, 164.75, 183, 1000, 1019, 1044, 1060.5, 1100, 1120, 5003.125];
  {
    await using speaker = await FileSpeaker.open(path, EVENTS, () => now);
    assert.equal(speaker.backlog, null);
    assert.equal(speaker.device.id, `file:${path}`);
    at.forEach((time, n) => {
      now = opened + time;
      speaker.play(frame(n + 1));
    });
    now = opened + 6000;
  }
  const starts = await playedIn(path);
  at.forEach((time, n) => assert.ok(Math.abs(starts.get(n + 1)! - time) <= 20, `frame ${n + 1}`));
  assert.equal((await Deno.stat(path)).size, 44 + 6000 * 96);
});

Deno.test("file speaker: a beat that shakes leaves no gap", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("a.wav");
  let now = 0;
  {
    await using speaker = await FileSpeaker.open(path, EVENTS, () => now);
    for (let n = 0; n < 100; n++) {
      now = 20 * n + (n * 7 % 15);
      speaker.play(frame(n + 1));
    }
  }
  const starts = [...(await playedIn(path)).values()];
  assert.deepEqual(starts.map((start) => start - starts[0]!), starts.map((_, n) => 20 * n));
});

Deno.test("file speaker: shorter and longer frames follow each other without a gap", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("a.wav");
  let now = 0;
  const durations = [20, 12.5, 30, 5, 20, 40, 13, 20];
  {
    await using speaker = await FileSpeaker.open(path, EVENTS, () => now);
    durations.forEach((duration, n) => {
      speaker.play(frame(n + 1, duration));
      now += duration;
    });
  }
  let at = 0;
  const starts = durations.map((duration) => (at += duration) - duration);
  assert.deepEqual([...(await playedIn(path)).values()], starts);
});

Deno.test("file speaker: what comes too fast is dropped", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("a.wav");
  let now = 0;
  {
    await using speaker = await FileSpeaker.open(path, EVENTS, () => now);
    for (let n = 0; n < 10; n++) speaker.play(frame(n + 1));
    now = 40;
    speaker.play(frame(20));
  }
  assert.deepEqual([...await playedIn(path)], [[1, 0], [2, 20], [20, 40]]);
});

Deno.test("file speaker: a call in which nothing was played is as long as it was", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("a.wav");
  let now = 0;
  const speaker = await FileSpeaker.open(path, EVENTS, () => now);
  now = 3_600_000;
  await speaker[Symbol.asyncDispose]();
  await speaker[Symbol.asyncDispose]();
  speaker.play(frame(1));
  assert.equal((await Deno.stat(path)).size, 44 + 3_600_000 * 96);
});

Deno.test("file speaker: where nothing can be written", async () => {
  await using folder = await TemporaryFolder.make();
  await assert.rejects(
    FileSpeaker.open(`${folder.path}/no/folder.wav`, EVENTS),
    (error) =>
      error instanceof DeviceError && error.fault.why === "file" &&
      error.fault.trouble === "no_folder",
  );
  await assert.rejects(
    FileSpeaker.open(folder.path, EVENTS),
    (error) =>
      error instanceof DeviceError && error.fault.why === "file" &&
      error.fault.trouble === "is_folder",
  );
});

Deno.test({
  name: "file speaker: without the permission it names the flag",
  permissions: { read: true, write: false },
  async fn() {
    await assert.rejects(
      FileSpeaker.open("a.wav", EVENTS),
      (error) =>
        error instanceof DeviceError && error.fault.why === "permission" &&
        error.fault.flag === "--allow-write",
    );
  },
});

Deno.test("file speaker: two at once have a file each, and the name is free again afterwards", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("a.wav");
  {
    await using music = await FileSpeaker.open(path, EVENTS);
    await using call = await FileSpeaker.open(path, EVENTS);
    music.play(frame(1));
    call.play(frame(2));
    assert.deepEqual([music, call].map(({ device }) => device.label), [
      path,
      folder.at("a (2).wav"),
    ]);
  }
  assert.ok((await playedIn(path)).has(1));
  assert.ok((await playedIn(folder.at("a (2).wav"))).has(2));
  await using again = await FileSpeaker.open(path, EVENTS);
  assert.equal(again.device.label, path);
});
