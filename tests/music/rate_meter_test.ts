import assert from "node:assert/strict";
import { RateMeter } from "../../lib/music/rate_meter.ts";

Deno.test("rate meter: shows the last second, and nothing after a rest", () => {
  const meter = new RateMeter();
  assert.equal(meter.rate(5), 0);
  for (let now = 10_000; now < 13_000; now += 10) meter.add(500, now);
  assert.ok(Math.abs(meter.rate(13_000) - 50_000) < 6000, `${meter.rate(13_000)}`);
  assert.ok(meter.rate(13_500) < 30_000);
  assert.equal(meter.rate(20_000), 0);
  meter.add(1000, 20_000);
  assert.ok(meter.rate(20_100) >= 9000, "a rest does not count");
});
