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
    clock.played(at, FRAME_MS, backlog(n));
    return at;
  });
}

Deno.test("playout clock: a frame each 20 ms from the start on", () => {
  assert.deepEqual(beats(new PlayoutClock(100), 4, () => null), [100, 120, 140, 160]);
});

Deno.test("playout clock: a beat that comes late is no later one", () => {
  const clock = new PlayoutClock(0);
  clock.played(7, FRAME_MS, null);
  assert.equal(clock.due, 20);
});

Deno.test("playout clock: after a stall it goes on from there, and does not catch up", () => {
  const clock = new PlayoutClock(0);
  clock.played(0, FRAME_MS, null);
  clock.played(500, FRAME_MS, null);
  assert.equal(clock.due, 520);
});

Deno.test("playout clock: frames of other lengths are followed by the next when they are over", () => {
  const clock = new PlayoutClock(0);
  clock.played(0, 12.5, null);
  assert.equal(clock.due, 12.5);
  clock.played(14, 30, null);
  assert.equal(clock.due, 42.5);
  // A beat later than a short frame is long is no stall.
  clock.played(43, 5, null);
  clock.played(53, 20, null);
  assert.equal(clock.due, 67.5);
});

/** A device whose clock is so much too fast, with sound waiting at time 0. */
class Device {
  least = Infinity;
  most = -Infinity;
  #handed: number;

  constructor(readonly clock: PlayoutClock, waiting: number, readonly drift = 0) {
    this.#handed = waiting;
  }

  /** Plays frames, each so late; gives the times between them. */
  play(count: number, late: (n: number) => number = () => 0): number[] {
    this.least = Infinity;
    this.most = -Infinity;
    return Array.from({ length: count }, (_, n) => {
      const { due } = this.clock;
      const at = due + late(n);
      const waiting = this.#handed - at * (1 + this.drift);
      this.least = Math.min(this.least, waiting);
      this.most = Math.max(this.most, waiting);
      this.#handed += FRAME_MS;
      this.clock.played(at, FRAME_MS, waiting + FRAME_MS);
      return this.clock.due - due;
    });
  }
}

const { least, most, slack, step } = MEDIA_LIMITS.speakerBacklog;

Deno.test("playout clock: keeps the backlog of a device whose clock is not ours", () => {
  for (const drift of [-500e-6, -200e-6, 200e-6, 500e-6]) {
    const device = new Device(new PlayoutClock(0), least, drift);
    device.play(1000);
    device.play(30_000);
    assert.ok(device.least > least - slack - 1, `${drift}: least ${device.least}`);
    assert.ok(device.most < least + slack + 1, `${drift}: most ${device.most}`);
  }
});

Deno.test("playout clock: works off what a device has too much of, without haste", () => {
  const device = new Device(new PlayoutClock(0), 200);
  const gaps = device.play(1000);
  assert.ok(Math.max(...gaps) <= FRAME_MS + step && Math.min(...gaps) >= FRAME_MS - step);
  device.play(1);
  assert.ok(device.most <= least + slack + 1, `${device.most} ms wait`);
});

Deno.test("playout clock: where beats come late, the device has as much waiting", () => {
  const device = new Device(new PlayoutClock(0), least);
  const late = (n: number) => n % 50 === 0 ? 15 : 0;
  device.play(500, late);
  device.play(500, late);
  assert.ok(device.least > 0, `${device.least} ms wait`);
  assert.ok(device.most < 15 + 2 * slack + 1, `${device.most} ms wait`);
  // Forgotten when they have been in time for long.
  device.play(3000);
  device.play(500);
  assert.ok(device.most < least + slack + 1, `${device.most} ms wait`);
  // A stall is not waited for from then on.
  device.play(1, () => 500);
  device.play(300);
  device.play(300);
  assert.ok(device.most < most + slack + 1, `${device.most} ms wait`);
});
