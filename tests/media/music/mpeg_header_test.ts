import assert from "node:assert/strict";
import { isSameStream, parseMpegHeader } from "../../../lib/media/music/mpeg_header.ts";

Deno.test("MPEG header: versions, layers and lengths", () => {
  const cases: [number[], Partial<ReturnType<typeof parseMpegHeader>>][] = [
    // Layer III at 128 kbit/s: the commonest frame there is.
    [[0xFF, 0xFB, 0x90, 0x64], { version: 1, layer: 3, rate: 44_100, samples: 1152, length: 417 }],
    [[0xFF, 0xFB, 0x92, 0x64], { length: 418 }],
    [[0xFF, 0xFB, 0xE4, 0xC4], { bitRate: 320_000, rate: 48_000, channels: 1, length: 960 }],
    [[0xFF, 0xF3, 0x80, 0xC4], { version: 2, rate: 22_050, samples: 576, length: 208 }],
    [[0xFF, 0xE3, 0x18, 0xC4], { version: 2.5, rate: 8000, samples: 576, length: 72 }],
    [[0xFF, 0xFD, 0xA4, 0x04], { layer: 2, bitRate: 192_000, samples: 1152, length: 576 }],
    [[0xFF, 0xFF, 0xC0, 0x04], { layer: 1, bitRate: 384_000, samples: 384, length: 416 }],
  ];
  for (const [bytes, wanted] of cases) {
    const header = parseMpegHeader(Uint8Array.from([7, ...bytes]), 1);
    assert.partialDeepStrictEqual(header, wanted);
  }
});

Deno.test("MPEG header: what is none", () => {
  const cases = [
    [0xFF],
    [0xFE, 0xFB, 0x90, 0x64],
    [0xFF, 0xEB, 0x90, 0x64], // reserved version
    [0xFF, 0xF9, 0x90, 0x64], // AAC
    [0xFF, 0xFB, 0x00, 0x64], // free bit rate
    [0xFF, 0xFB, 0xF0, 0x64], // no bit rate
    [0xFF, 0xFB, 0x9C, 0x64], // no rate
    [0xFF, 0xFB, 0x90, 0x66], // reserved emphasis
  ];
  for (const bytes of cases) assert.equal(parseMpegHeader(Uint8Array.from(bytes)), null);
});

Deno.test("MPEG header: frames of one song may differ in their bit rate", () => {
  const [one, other, slow] = [[0xFB, 0x90], [0xFB, 0xE0], [0xFB, 0x98]].map((middle) =>
    parseMpegHeader(Uint8Array.from([0xFF, ...middle, 0x64]))!
  );
  assert.ok(isSameStream(one!, other!));
  assert.ok(!isSameStream(one!, slow!));
});
