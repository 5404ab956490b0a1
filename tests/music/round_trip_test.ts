import assert from "node:assert/strict";
import { RoundTrip } from "../../lib/music/round_trip.ts";
import { TRANSFER_LIMITS } from "../../lib/music/transfer_limits.ts";

Deno.test("round trip: smooths, and keeps the least and when it was seen", () => {
  const roundTrip = new RoundTrip();
  assert.ok(!roundTrip.known);
  assert.equal(roundTrip.least, TRANSFER_LIMITS.firstRoundTrip);
  roundTrip.add(50, 0);
  assert.deepEqual([roundTrip.smoothed, roundTrip.least], [50, 50]);
  for (let now = 1; now <= 50; now++) roundTrip.add(100, now);
  assert.ok(Math.abs(roundTrip.smoothed - 100) < 1);
  assert.equal(roundTrip.least, 50);
  assert.equal(roundTrip.leastAt, 0);
  roundTrip.add(51, 60);
  assert.equal(roundTrip.leastAt, 60, "nearly the least is as good");
  roundTrip.renewLeast(80, 70);
  assert.deepEqual([roundTrip.least, roundTrip.leastAt], [80, 70]);
});

Deno.test("round trip: the time before a probe has bounds", () => {
  const roundTrip = new RoundTrip();
  for (let now = 0; now < 100; now++) roundTrip.add(0.1, now);
  assert.equal(roundTrip.probeTimeout, TRANSFER_LIMITS.probeTimeout.least);
  for (let now = 0; now < 100; now++) roundTrip.add(10_000, now);
  assert.equal(roundTrip.probeTimeout, TRANSFER_LIMITS.probeTimeout.most);
});
