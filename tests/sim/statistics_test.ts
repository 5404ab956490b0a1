import assert from "node:assert/strict";
import { Sample } from "./statistics.ts";

Deno.test("a sample has a mean and percentiles", () => {
  const sample = new Sample();
  for (let value = 100; value >= 1; value -= 1) sample.add(value);
  assert.equal(sample.mean, 50.5);
  assert.equal(sample.percentile(0.5), 50);
  assert.equal(sample.percentile(0.99), 99);
  assert.equal(sample.percentile(1), 100);
  assert.equal(sample.describe(), "mean 50.5, p50 50.0, p99 99.0, most 100.0 (n 100)");
});
