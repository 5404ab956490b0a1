import assert from "node:assert/strict";
import { WavReader } from "../../../lib/runtime/sound/wav_reader.ts";
import { WavWriter } from "../../../lib/runtime/sound/wav_writer.ts";
import { tone } from "../../media/tone.ts";
import { until } from "./condition.ts";
import { TemporaryFolder } from "../temporary_folder.ts";

const never = (error: Error) => assert.fail(error);

async function samplesOf(path: string): Promise<number[]> {
  using reader = await WavReader.open(path);
  const samples: number[] = [];
  for (let frame; (frame = await reader.readFrame()) !== null;) samples.push(...frame);
  return samples;
}

/** The size of the samples as the header has it. */
async function sizeInHeader(path: string): Promise<number> {
  using file = await Deno.open(path);
  const header = new Uint8Array(44);
  await file.read(header);
  return new DataView(header.buffer).getUint32(40, true);
}

Deno.test("wav writer: what is written is read again, and the file is 16 bits, mono, 48 kHz", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("a.wav");
  const samples = tone(440, 9600, 9000, 48_000);
  {
    await using writer = await WavWriter.open(path, never, () => 0);
    for (let at = 0; at < samples.length; at += 960) writer.write(samples.subarray(at, at + 960));
    assert.equal(writer.samples, 9600);
  }
  assert.deepEqual(await samplesOf(path), [...samples]);
  const { format } = await WavReader.open(path).then((reader) => {
    reader[Symbol.dispose]();
    return reader;
  });
  assert.deepEqual(format, {
    encoding: "signed_16",
    channels: 1,
    rate: 48_000,
    blockBytes: 2,
    start: 44,
    bytes: 19_200,
  });
  const riff = new DataView((await Deno.readFile(path)).buffer).getUint32(4, true);
  assert.equal(riff, 36 + 19_200);
});

Deno.test("wav writer: the caller may use its samples again at once", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("a.wav");
  {
    await using writer = await WavWriter.open(path, never, () => 0);
    const samples = new Int16Array(960).fill(5);
    writer.write(samples);
    samples.fill(6);
  }
  assert.deepEqual(await samplesOf(path), new Array(960).fill(5));
});

Deno.test("wav writer: the header is right each second, so that a killed program's file is read", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("a.wav");
  let now = 0;
  await using writer = await WavWriter.open(path, never, () => now);
  assert.equal(await sizeInHeader(path), 0);
  writer.write(new Int16Array(960).fill(1));
  await until(async () => (await Deno.stat(path)).size === 44 + 2 * 960);
  assert.equal(await sizeInHeader(path), 0);
  now = 1000;
  writer.write(new Int16Array(960).fill(2));
  await until(async () => await sizeInHeader(path) === 4 * 960);
  assert.deepEqual(await samplesOf(path), [...new Array(960).fill(1), ...new Array(960).fill(2)]);
});

Deno.test("wav writer: silence of hours takes neither memory nor time", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("a.wav");
  {
    await using writer = await WavWriter.open(path, never, () => 0);
    writer.write(new Int16Array(960).fill(7));
    writer.writeSilence(3 * 3600 * 48_000);
    writer.write(new Int16Array(960).fill(8));
  }
  const length = 2 * (3 * 3600 * 48_000 + 1920);
  assert.equal((await Deno.stat(path)).size, 44 + length);
  assert.equal(await sizeInHeader(path), length);
  using file = await Deno.open(path);
  const bytes = new Uint8Array(4);
  await file.seek(44 + 1918, Deno.SeekMode.Start);
  await file.read(bytes);
  assert.deepEqual([...bytes], [7, 0, 0, 0]);
  await file.seek(-1922, Deno.SeekMode.End);
  await file.read(bytes);
  assert.deepEqual([...bytes], [0, 0, 8, 0]);
});

Deno.test("wav writer: a file takes as much as its sizes can tell, and then no more", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.at("a.wav");
  {
    await using writer = await WavWriter.open(path, never, () => 0);
    const most = Math.floor((0xFFFF_FFFF - 44) / 2);
    writer.writeSilence(most - 100);
    writer.write(new Int16Array(960));
    assert.equal(writer.samples, most - 100);
  }
  assert.equal((await Deno.stat(path)).size, 44 + await sizeInHeader(path));
});

Deno.test("wav writer: a full disk is told once", async () => {
  const failures: string[] = [];
  await assert.rejects(WavWriter.open("/dev/full", () => {}, () => 0));
  await using folder = await TemporaryFolder.make();
  const writer = await WavWriter.open(
    folder.at("a.wav"),
    (error) => failures.push(error.message),
    () => 0,
  );
  // More than waits for a disk, before the disk was asked for any of it.
  for (let n = 0; n < 600; n++) writer.write(new Int16Array(960));
  await writer[Symbol.asyncDispose]();
  await writer[Symbol.asyncDispose]();
  assert.deepEqual(failures, ["the disk is too slow"]);
});
