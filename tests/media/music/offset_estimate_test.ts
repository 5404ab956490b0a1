import assert from "node:assert/strict";
import { estimatedOffset } from "../../../lib/media/music/offset_estimate.ts";

Deno.test("offset estimate: by the length, else by what was seen, never outside the file", () => {
  const facts = { size: 1100, seconds: null };
  const basis = { start: 100, seconds: 10, bytesPerSecond: 7 };
  assert.equal(estimatedOffset(5, basis, facts), 600);
  assert.equal(estimatedOffset(99, basis, facts), 1100);
  assert.equal(estimatedOffset(5, { ...basis, seconds: null }, facts), 135);
  assert.equal(estimatedOffset(5, { ...basis, seconds: null }, { size: 1100, seconds: 20 }), 350);
  assert.equal(estimatedOffset(5, { ...basis, seconds: null, bytesPerSecond: null }, facts), 100);
  assert.equal(estimatedOffset(1e9, { ...basis, seconds: null }, facts), 1100);
});
