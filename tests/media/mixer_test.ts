import assert from "node:assert/strict";
import { mixed } from "../../lib/media/mixer.ts";

Deno.test("mixer: frames are added, and stay within 16 bits", () => {
  const one = Int16Array.of(1, -2, 30_000, -30_000);
  const other = Int16Array.of(10, 20, 30_000, -30_000);
  assert.deepEqual(mixed([one, other]), Int16Array.of(11, 18, 32_767, -32_768));
  assert.deepEqual(mixed([one]), one);
  assert.throws(() => mixed([]), RangeError);
});
