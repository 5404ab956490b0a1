import assert from "node:assert/strict";
import { opusPacketSamples } from "../../../lib/media/music/opus_packet.ts";

Deno.test("Opus packet: how long it is", () => {
  const cases: [number[], number][] = [
    [[], 0],
    [[0 << 3], 480],
    [[3 << 3], 2880],
    [[13 << 3], 960],
    [[16 << 3], 120],
    [[31 << 3], 960],
    [[31 << 3 | 1], 1920],
    [[31 << 3 | 2], 1920],
    [[31 << 3 | 3, 6], 5760],
    [[31 << 3 | 3], 0],
    // Longer than 120 ms.
    [[31 << 3 | 3, 7], 0],
  ];
  for (const [bytes, samples] of cases) {
    assert.equal(opusPacketSamples(Uint8Array.from(bytes)), samples);
  }
});
