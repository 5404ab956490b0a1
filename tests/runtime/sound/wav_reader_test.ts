import assert from "node:assert/strict";
import fc from "fast-check";
import { FRAME_SAMPLES } from "../../../lib/media/frame.ts";
import { WavError } from "../../../lib/runtime/sound/wav_header.ts";
import { WavReader } from "../../../lib/runtime/sound/wav_reader.ts";
import { impurity, loudness, tone } from "../../media/tone.ts";
import { TemporaryFolder } from "../temporary_folder.ts";
import { bytesOf, wavBytes, type WavParts } from "./wav_bytes.ts";

/** All that a reader gives of a file, the silence at its end left out. */
async function readAll(folder: TemporaryFolder, bytes: Uint8Array): Promise<Int16Array> {
  using reader = await WavReader.open(await folder.write("read.wav", bytes));
  const samples: number[] = [];
  for (let frame; (frame = await reader.readFrame()) !== null;) {
    assert.equal(frame.length, FRAME_SAMPLES);
    samples.push(...frame);
  }
  return Int16Array.from(samples);
}

function padded(samples: ArrayLike<number>): number[] {
  const length = Math.ceil(samples.length / FRAME_SAMPLES) * FRAME_SAMPLES;
  return [...Array.from(samples), ...new Array(length - samples.length).fill(0)];
}

Deno.test("wav reader: what it should give without conversion it gives exactly", async () => {
  await using folder = await TemporaryFolder.make();
  const samples = fc.int16Array({ maxLength: 3000 });
  const chunk = fc.record({
    name: fc.constantFrom("LIST", "fact", "    ", "id3 "),
    bytes: fc.uint8Array({ maxLength: 99 }),
  });
  await fc.assert(
    fc.asyncProperty(samples, fc.array(chunk, { maxLength: 3 }), async (samples, before) => {
      const bytes = wavBytes({ samples: bytesOf(samples), before });
      assert.deepEqual([...await readAll(folder, bytes)], padded(samples));
    }),
    { numRuns: 50, seed: 4 },
  );
});

Deno.test("wav reader: a file longer than a piece, and than several", async () => {
  await using folder = await TemporaryFolder.make();
  for (const length of [8191, 8192, 8193, 16_384, 50_000]) {
    const samples = Int16Array.from({ length }, (_, n) => (n * 7919) % 65_536 - 32_768);
    const read = await readAll(folder, wavBytes({ samples: bytesOf(samples) }));
    assert.deepEqual([...read], padded(samples), `${length} samples`);
  }
});

interface Encoding {
  readonly name: string;
  readonly parts: Pick<WavParts, "tag" | "bits">;
  put(view: DataView, at: number, value: number): void;
}

/** Each writes a value of -1 to 1. */
const ENCODINGS: readonly Encoding[] = [
  {
    name: "8 bits",
    parts: { bits: 8 },
    put: (view, at, value) => view.setUint8(at, Math.round(value * 127) + 128),
  },
  {
    name: "16 bits",
    parts: { bits: 16 },
    put: (view, at, value) => view.setInt16(at, Math.round(value * 32_767), true),
  },
  {
    name: "24 bits",
    parts: { bits: 24 },
    put(view, at, value) {
      const whole = Math.round(value * 8_388_607);
      view.setUint8(at, whole & 0xFF);
      view.setInt16(at + 1, whole >> 8, true);
    },
  },
  {
    name: "32 bits",
    parts: { bits: 32 },
    put: (view, at, value) => view.setInt32(at, Math.round(value * 2_147_483_647), true),
  },
  {
    name: "floating point",
    parts: { bits: 32, tag: 3 },
    put: (view, at, value) => view.setFloat32(at, value, true),
  },
];

for (const { name, parts, put } of ENCODINGS) {
  Deno.test(`wav reader: ${name}, 1 to 8 channels, plain and extensible`, async () => {
    await using folder = await TemporaryFolder.make();
    for (const [channels, extensible] of [[1, false], [2, true], [3, false], [8, true]] as const) {
      const blocks = 1000;
      const bytes = parts.bits! / 8;
      const samples = new Uint8Array(blocks * channels * bytes);
      const view = new DataView(samples.buffer);
      const expected: number[] = [];
      for (let n = 0; n < blocks; n++) {
        let sum = 0;
        for (let channel = 0; channel < channels; channel++) {
          const value = Math.sin(n / 10 + channel);
          put(view, (n * channels + channel) * bytes, value);
          sum += value;
        }
        expected.push(sum / channels * 32_767);
      }
      const read = await readAll(folder, wavBytes({ ...parts, channels, extensible, samples }));
      const allowed = parts.bits === 8 ? 400 : 2;
      const wrong = expected.findIndex((value, n) => Math.abs(value - read[n]!) > allowed);
      assert.equal(wrong, -1, `${channels} channels, sample ${wrong}`);
    }
  });
}

for (const rate of [8000, 16_000, 22_050, 44_100, 96_000, 192_000]) {
  Deno.test(`wav reader: ${rate} Hz keeps its length, its beginning and its tone`, async () => {
    await using folder = await TemporaryFolder.make();
    const hertz = 1000;
    const silence = new Int16Array(rate / 10);
    const samples = new Int16Array(rate);
    samples.set(tone(hertz, rate * 8 / 10, 10_000, rate), silence.length);
    const read = await readAll(folder, wavBytes({ rate, samples: bytesOf(samples) }));
    // A last sample that is not due to a whole one may begin another frame.
    assert.ok(read.length === 48_000 || read.length === 48_960, `${read.length} samples`);
    const first = read.findIndex((sample) => Math.abs(sample) > 2000);
    assert.ok(Math.abs(first - 4800) < 24, `the tone begins at ${first}`);
    const middle = read.subarray(12_000, 36_000);
    assert.ok(impurity(middle, hertz, 48_000) < -45);
    assert.ok(Math.abs(loudness(middle) / (10_000 * Math.SQRT1_2) - 1) < 0.02);
  });
}

Deno.test("wav reader: a size that is not known is all up to the end", async () => {
  await using folder = await TemporaryFolder.make();
  const samples = tone(440, 2000, 9000, 48_000);
  for (const size of [0, 0xFFFF_FFFF]) {
    const read = await readAll(folder, wavBytes({ samples: bytesOf(samples), size }));
    assert.deepEqual([...read], padded(samples));
  }
});

Deno.test("wav reader: what is behind the samples is not heard, and what is cut off not missed", async () => {
  await using folder = await TemporaryFolder.make();
  const samples = tone(440, 2000, 9000, 48_000);
  const after = new Uint8Array(9999).fill(99);
  const longer = wavBytes({ samples: bytesOf(samples), after });
  assert.deepEqual([...await readAll(folder, longer)], padded(samples));
  const shorter = wavBytes({ samples: bytesOf(samples) }).slice(0, 44 + 2 * 1500 + 1);
  assert.deepEqual([...await readAll(folder, shorter)], padded(samples.subarray(0, 1500)));
});

Deno.test("wav reader: what is no number is silence", async () => {
  await using folder = await TemporaryFolder.make();
  const values = Float32Array.of(NaN, Infinity, -Infinity, 0.5, 2);
  const samples = new Uint8Array(values.buffer);
  const read = await readAll(folder, wavBytes({ tag: 3, bits: 32, samples }));
  assert.deepEqual([...read.subarray(0, 5)], [0, 32_767, -32_768, 16_384, 32_767]);
});

const GOOD = wavBytes({ samples: new Uint8Array(8) });
const DAMAGED: Readonly<Record<string, Uint8Array>> = {
  "nothing": new Uint8Array(0),
  "only its first bytes": GOOD.slice(0, 11),
  "no samples": GOOD.slice(0, 36),
  "a format that is cut off": GOOD.slice(0, 30),
  "another kind of file": new TextEncoder().encode("OggS".repeat(40)),
  "a RIFF file of another type": GOOD.map((byte, at) => at === 8 ? 65 : byte),
  "compressed": wavBytes({ tag: 0x55, samples: new Uint8Array(8) }),
  "64 bits": wavBytes({ bits: 64, samples: new Uint8Array(8) }),
  "no channel": wavBytes({ channels: 0, samples: new Uint8Array(8) }),
  "9 channels": wavBytes({ channels: 9, samples: new Uint8Array(18) }),
  "a wrong size of blocks": wavBytes({ blockBytes: 3, samples: new Uint8Array(8) }),
  "no rate": wavBytes({ rate: 0, samples: new Uint8Array(8) }),
  "a rate of a million": wavBytes({ rate: 1_000_000, samples: new Uint8Array(8) }),
};

for (const [what, bytes] of Object.entries(DAMAGED)) {
  Deno.test(`wav reader: ${what} is no file that can be read`, async () => {
    await using folder = await TemporaryFolder.make();
    const path = await folder.write("damaged.wav", bytes);
    await assert.rejects(WavReader.open(path), WavError);
  });
}

Deno.test("wav reader: whatever is damaged, it reads or says that it cannot", async () => {
  await using folder = await TemporaryFolder.make();
  const good = wavBytes({ samples: bytesOf(tone(440, 500, 9000, 48_000)), extensible: true });
  const change = fc.tuple(fc.nat(80), fc.integer({ min: 0, max: 255 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 4 }),
      fc.nat(good.length),
      async (changes, length) => {
        const bytes = good.slice(0, Math.max(50, length));
        for (const [at, value] of changes) bytes[at] = value;
        const samples = await readAll(folder, bytes).catch((error) => {
          assert.ok(error instanceof WavError, String(error));
          return new Int16Array(0);
        });
        assert.ok(samples.length <= 6 * 960 * 10);
      },
    ),
    { numRuns: 200, seed: 4 },
  );
});
