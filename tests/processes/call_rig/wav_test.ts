import assert from "node:assert/strict";
import { formatWav, parseWav } from "./wav.ts";

const samples = Int16Array.of(0, 1, -1, 32_767, -32_768);

Deno.test("WAV: what is written is read", () => {
  assert.deepEqual(parseWav(formatWav({ samples, rate: 48_000 })), { samples, rate: 48_000 });
});

Deno.test("WAV: a size that the writer did not know is the rest of the file", () => {
  for (const size of [0, 0xffff_ffff]) {
    const bytes = formatWav({ samples, rate: 22_050 });
    new DataView(bytes.buffer).setUint32(40, size, true);
    assert.deepEqual(parseWav(bytes), { samples, rate: 22_050 });
  }
});

Deno.test("WAV: one channel of several", () => {
  const bytes = formatWav({ samples: Int16Array.of(1, 10, 2, 20, 3, 30), rate: 48_000 });
  new DataView(bytes.buffer).setUint16(22, 2, true);
  assert.deepEqual(parseWav(bytes, 1).samples, Int16Array.of(10, 20, 30));
  assert.throws(() => parseWav(bytes, 2), TypeError);
});

Deno.test("WAV: what is none is refused", () => {
  assert.throws(() => parseWav(new Uint8Array(4)), TypeError);
  assert.throws(() => parseWav(new Uint8Array(100)), TypeError);
  assert.throws(() => parseWav(formatWav({ samples, rate: 48_000 }).subarray(0, 36)), TypeError);
});
