import assert from "node:assert/strict";
import { ReceptionStatistics } from "../../lib/media/reception_statistics.ts";

const near = (value: number, wanted: number, within: number) =>
  assert.ok(Math.abs(value - wanted) <= within, `${value}, not ${wanted} ± ${within}`);

Deno.test("reception: a regular stream has no loss and no jitter", () => {
  const statistics = new ReceptionStatistics();
  for (let n = 0; n < 100; n++) statistics.arrived(1000 + n, n * 20, 37 + n * 20);
  assert.equal(statistics.expected, 100);
  assert.equal(statistics.jitter, 0);
  assert.equal(statistics.recentLoss, 0);
  assert.deepEqual(statistics.report(), {
    fractionLost: 0,
    lost: 0,
    highestSequence: 1099,
    jitter: 0,
  });
});

Deno.test("reception: jitter is the smoothed change of transit (RFC 3550, A.8)", () => {
  const statistics = new ReceptionStatistics();
  statistics.arrived(0, 0, 100);
  statistics.arrived(1, 20, 136);
  assert.equal(statistics.jitter, 1);
  statistics.arrived(2, 40, 140);
  assert.equal(statistics.jitter, 1 + 15 / 16);
  for (let n = 3; n < 2000; n++) statistics.arrived(n, n * 20, 100 + n * 20 + (n % 2) * 8);
  near(statistics.jitter, 8, 0.01);
});

Deno.test("reception: what never came is lost, once for the report, for 5 s for a person", () => {
  const statistics = new ReceptionStatistics();
  const at = (n: number) => statistics.arrived(n, n * 20, n * 20);
  for (let n = 0; n < 100; n++) if (n % 4 !== 1) at(n);
  near(statistics.recentLoss, 0.25, 0.01);
  const first = statistics.report();
  assert.deepEqual([first.fractionLost, first.lost], [0.25, 25]);
  for (let n = 100; n < 200; n++) at(n);
  near(statistics.recentLoss, 0.125, 0.01);
  const second = statistics.report();
  assert.deepEqual([second.fractionLost, second.lost], [0, 25]);
  for (let n = 200; n < 500; n++) at(n);
  assert.equal(statistics.recentLoss, 0);
});

Deno.test("reception: copies are arrivals for a report, and hide no loss from a person", () => {
  const statistics = new ReceptionStatistics();
  for (let n = 0; n < 100; n++) {
    if (n % 4 === 1) continue;
    statistics.arrived(n, n * 20, n * 20);
    statistics.copied();
  }
  assert.deepEqual([statistics.report().fractionLost, statistics.report().lost], [0, -50]);
  near(statistics.recentLoss, 0.25, 0.01);
});

Deno.test("reception: what comes before the first, reordered, was expected too", () => {
  const statistics = new ReceptionStatistics();
  statistics.arrived(11, 20, 50);
  statistics.arrived(10, 0, 51);
  assert.equal(statistics.expected, 2);
  assert.equal(statistics.report().lost, 0);
});
