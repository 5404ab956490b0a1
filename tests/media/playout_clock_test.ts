import assert from "node:assert/strict";
import { FRAME_MS } from "../../lib/media/frame.ts";
import { MEDIA_LIMITS } from "../../lib/media/limits.ts";
import { PlayoutClock } from "../../lib/media/playout_clock.ts";

/** Plays a frame at each beat; gives the times of `count` of them. */
function beats(
  clock: PlayoutClock,
  count: number,
  backlog: (n: number) => number | null,
): number[] {
  return Array.from({ length: count }, (_, n) => {
    const at = clock.due;
    clock.played(at, backlog(n));
    return at;
  });
}

Deno.test("playout clock: a frame each 20 ms from the start on", () => {
  assert.deepEqual(beats(new PlayoutClock(100), 4, () => null), [100, 120, 140, 160]);
});

Deno.test("playout clock: a beat that comes late is no later one", () => {
  const clock = new PlayoutClock(0);
  clock.played(7, null);
  assert.equal(clock.due, 20);
});

Deno.test("playout clock: after a stall it goes on from there, and does not catch up", () => {
  const clock = new PlayoutClock(0);
  clock.played(0, null);
  clock.played(500, null);
  assert.equal(clock.due, 520);
});

Deno.test("playout clock: the first packet sets the beat, the next ones do not", () => {
  const { beatAfterArrival } = MEDIA_LIMITS;
  for (let late = 0; late < FRAME_MS; late++) {
    const clock = new PlayoutClock(0);
    beats(clock, 5, () => null);
    const arrival = 80 + late;
    const before = clock.due;
    clock.arrived(arrival);
    assert.equal((clock.due - arrival - beatAfterArrival) % FRAME_MS, 0, `${late}`);
    assert.ok(clock.due >= before && clock.due < before + FRAME_MS, `${late}: ${clock.due}`);
    const { due } = clock;
    clock.arrived(arrival + 3);
    assert.equal(clock.due, due);
  }
});

Deno.test("playout clock: keeps the backlog of a device whose clock is not ours", () => {
  const { wanted, slack } = MEDIA_LIMITS.speakerBacklog;
  for (const drift of [-500e-6, -200e-6, 200e-6, 500e-6]) {
    const clock = new PlayoutClock(0);
    let handed = wanted;
    const rate = 1 + drift;
    let least = Infinity;
    let most = -Infinity;
    for (let n = 0; n < 30_000; n++) {
      const at = clock.due;
      const backlog = handed - at * rate;
      handed += FRAME_MS;
      clock.played(at, backlog + FRAME_MS);
      if (n > 1000) [least, most] = [Math.min(least, backlog), Math.max(most, backlog)];
    }
    assert.ok(least > wanted - slack - FRAME_MS - 3, `${drift}: least ${least}`);
    assert.ok(most < wanted + slack + 3, `${drift}: most ${most}`);
  }
});

Deno.test("playout clock: works off what a device has too much of, without haste", () => {
  const clock = new PlayoutClock(0);
  let handed = 200;
  const times: number[] = [];
  for (let n = 0; n < 1000; n++) {
    times.push(clock.due);
    handed += FRAME_MS;
    clock.played(clock.due, handed - clock.due);
  }
  const { wanted, slack, step } = MEDIA_LIMITS.speakerBacklog;
  assert.ok(Math.abs(handed - clock.due - wanted) <= slack + FRAME_MS, `${handed - clock.due}`);
  const gaps = times.slice(1).map((at, n) => at - times[n]!);
  assert.ok(Math.max(...gaps) <= FRAME_MS + step && Math.min(...gaps) >= FRAME_MS - step);
});
