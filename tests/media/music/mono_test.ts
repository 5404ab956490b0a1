import assert from "node:assert/strict";
import { monoOf } from "../../../lib/media/music/mono.ts";

Deno.test("mono: the mean of all channels, within 16 bits", () => {
  const left = Float32Array.of(0, 0.5, 1, -1, 2, NaN);
  const right = Float32Array.of(0, -0.5, 0, -1, 2, 0);
  assert.deepEqual([...monoOf([left, right])], [0, 0, 16_384, -32_768, 32_767, 0]);
  assert.deepEqual([...monoOf([left, right], 2, 4)], [16_384, -32_768]);
  assert.equal(monoOf([]).length, 0);
});
