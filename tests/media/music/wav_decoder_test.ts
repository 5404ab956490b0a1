import assert from "node:assert/strict";
import { ByteQueue } from "../../../lib/media/music/byte_queue.ts";
import type { DecodeStep } from "../../../lib/media/music/decoder.ts";
import { WavDecoder } from "../../../lib/media/music/wav_decoder.ts";
import { wavBytes, type WavParts } from "../../runtime/sound/wav_bytes.ts";

async function decoded(file: Uint8Array): Promise<{ steps: DecodeStep[]; samples: number[] }> {
  const input = new ByteQueue();
  using decoder = new WavDecoder(input, { size: file.length, seconds: null });
  input.push(file);
  input.end();
  const steps: DecodeStep[] = [];
  do steps.push(await decoder.step()); while (!["over", "unplayable"].includes(steps.at(-1)!.kind));
  const samples = steps.flatMap((step) => step.kind === "sound" ? [...step.samples] : []);
  return { steps, samples };
}

function bytesOf(values: readonly number[], bits: number): Uint8Array {
  return Uint8Array.from(
    values.flatMap((value) =>
      Array.from({ length: bits / 8 }, (_, n) => Math.floor(value / 256 ** n) & 0xFF)
    ),
  );
}

Deno.test("WAV decoder: every kind of samples", async () => {
  const wanted = [0, 256, -256, 32_512, -32_768];
  const kinds: WavParts[] = [
    { bits: 8, samples: Uint8Array.of(128, 129, 127, 255, 0) },
    { bits: 16, samples: bytesOf(wanted, 16) },
    { bits: 24, samples: bytesOf(wanted.map((value) => value * 256), 24) },
    { bits: 32, samples: bytesOf(wanted.map((value) => value * 65_536), 32) },
    {
      bits: 32,
      tag: 3,
      samples: new Uint8Array(Float32Array.from(wanted, (value) => value / 32_768).buffer),
    },
    { bits: 16, extensible: true, samples: bytesOf(wanted, 16) },
    { bits: 16, channels: 2, samples: bytesOf(wanted.flatMap((value) => [value, value]), 16) },
    { bits: 16, size: 0xFFFF_FFFF, samples: bytesOf(wanted, 16) },
  ];
  for (const parts of kinds) {
    const before = [{ name: "LIST", bytes: new Uint8Array(7) }];
    assert.deepEqual((await decoded(wavBytes({ ...parts, before }))).samples, wanted);
  }
});

Deno.test("WAV decoder: nothing behind the samples is heard", async () => {
  const after = new TextEncoder().encode("LIST\x04\0\0\0abcd");
  const { samples } = await decoded(wavBytes({ samples: bytesOf([1, 2], 16), after }));
  assert.deepEqual(samples, [1, 2]);
});

Deno.test("WAV decoder: what cannot be read says so", async () => {
  const samples = bytesOf([1, 2, 3, 4], 16);
  const cases: [WavParts, RegExp][] = [
    [{ samples, tag: 2 }, /format 2/],
    [{ samples, bits: 12 }, /12 bits/],
    [{ samples, channels: 9 }, /9 channels/],
    [{ samples, blockBytes: 3 }, /blocks of 3/],
  ];
  for (const [parts, detail] of cases) {
    const last = (await decoded(wavBytes(parts))).steps.at(-1)!;
    assert.equal(last.kind, "unplayable");
    assert.match((last as { detail: string }).detail, detail);
  }
});
