import assert from "node:assert/strict";
import { seededRandom } from "../../../lib/base/random.ts";
import { CLEAR, ImpairedWay, type Impairment } from "./impairment.ts";

const SOUND = Uint8Array.of(0x80, 111);
const SIGNALLING = new TextEncoder().encode('{"type":"convite"}');
const MANY = 10_000;

function fates(impairment: Partial<Impairment>, datagram = SOUND, seed = 1): number[][] {
  const way = new ImpairedWay({ ...CLEAR, ...impairment }, seededRandom(seed));
  return Array.from({ length: MANY }, () => way.arrivals(datagram));
}

Deno.test("impairment: a clear way passes all at once", () => {
  assert.ok(fates({}).every((arrivals) => arrivals.length === 1 && arrivals[0] === 0));
});

Deno.test("impairment: as much is lost and doubled as is said", () => {
  const arrivals = fates({ loss: 0.1, duplication: 0.2 });
  const share = (count: number) => arrivals.filter(({ length }) => length === count).length / MANY;
  assert.ok(Math.abs(share(0) - 0.1) < 0.01, `${share(0)}`);
  assert.ok(Math.abs(share(2) - 0.9 * 0.2) < 0.015, `${share(2)}`);
});

Deno.test("impairment: delay is the least, jitter is spread evenly above it", () => {
  const delays = fates({ delay: 20, jitter: 30 }).flat();
  assert.ok(delays.every((delay) => delay >= 20 && delay < 50));
  const mean = delays.reduce((sum, delay) => sum + delay, 0) / MANY;
  assert.ok(Math.abs(mean - 35) < 0.5, `${mean}`);
});

Deno.test("impairment: the same seed gives the same run, another one another", () => {
  const all = { loss: 0.2, jitter: 30, duplication: 0.1 };
  assert.deepEqual(fates(all), fates(all));
  assert.notDeepEqual(fates(all), fates(all, SOUND, 2));
});

Deno.test("impairment: signalling passes untouched, unless it is to suffer too", () => {
  assert.ok(fates({ loss: 1 }, SIGNALLING).every(([delay]) => delay === 0));
  assert.ok(fates({ loss: 1, mediaOnly: false }, SIGNALLING).every(({ length }) => length === 0));
});

Deno.test("impairment: it counts what it does", () => {
  const way = new ImpairedWay({ ...CLEAR, loss: 0.5, duplication: 1 }, seededRandom(3));
  const arrivals = Array.from({ length: 100 }, () => way.arrivals(SOUND).length);
  const lost = arrivals.filter((count) => count === 0).length;
  assert.deepEqual(way.counts, { taken: 100, lost, doubled: 100 - lost });
});
