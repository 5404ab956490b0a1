import assert from "node:assert/strict";
import { SILENCE_DBFS } from "../../lib/media/level_meter.ts";
import { SoundWatch } from "../../lib/media/sound_watch.ts";

const LOUD = -20;

/** What is told from one time to another, looked at every 20 ms. */
function told(
  watch: SoundWatch,
  [from, to]: readonly [number, number],
  heardAt: (now: number) => number | null,
  level: number,
): [number, string][] {
  const changes: [number, string][] = [];
  for (let now = from; now < to; now += 20) {
    const change = watch.look(now, heardAt(now), level);
    if (change !== null) changes.push([now, change]);
  }
  return changes;
}

Deno.test("sound watch: says nothing while there is sound", () => {
  assert.deepEqual(told(new SoundWatch(0), [0, 60_000], (now) => now, LOUD), []);
});

Deno.test("sound watch: no packet for 3 s is told once, and their return once", () => {
  const watch = new SoundWatch(1000);
  assert.deepEqual(told(watch, [1000, 20_000], () => null, SILENCE_DBFS), [[4000, "no_packets"]]);
  assert.deepEqual(told(watch, [20_000, 25_000], (now) => now, LOUD), [[20_000, "back"]]);
  assert.deepEqual(told(watch, [25_000, 40_000], () => 25_000, LOUD), [[28_000, "no_packets"]]);
});

Deno.test("sound watch: packets of silence are told once a call", () => {
  const watch = new SoundWatch(0);
  assert.deepEqual(told(watch, [0, 9000], (now) => now, SILENCE_DBFS), [[3000, "only_silence"]]);
  assert.deepEqual(told(watch, [9000, 10_000], (now) => now, LOUD), []);
  assert.deepEqual(told(watch, [10_000, 30_000], (now) => now, SILENCE_DBFS), []);
});

Deno.test("sound watch: a word now and then is sound", () => {
  const watch = new SoundWatch(0);
  for (let at = 0; at < 30_000; at += 2000) {
    assert.deepEqual(told(watch, [at, at + 100], (now) => now, LOUD), []);
    assert.deepEqual(told(watch, [at + 100, at + 2000], (now) => now, SILENCE_DBFS), []);
  }
});
