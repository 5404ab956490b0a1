import assert from "node:assert/strict";
import { PlaybackProgress } from "../../../lib/runtime/sound/playback_progress.ts";

function report(seconds: number, latency: number): string {
  return `Time: ${seconds.toFixed(3)} sec; Latency: ${(latency * 1000).toFixed(0)} usec.`;
}

const METRICS = "Buffer metrics: maxlength=4194304, tlength=1440, prebuf=962, minreq=480";

/** A sound server and its card, played to every 20 ms: 15 ms of buffer, `latency` of the card. */
function play(
  { frames = 500, rate = 1, latency = 5, startsAt = 10, stall = { at: Infinity, lasts: 0 } } = {},
) {
  const progress = new PlaybackProgress();
  progress.line(METRICS, 0);
  let written = 0;
  let heard = 0;
  let refused = 0;
  const backlogs: (number | null)[] = [];
  for (let now = 0; now < frames * 20; now++) {
    const isStalled = now >= stall.at && now < stall.at + stall.lasts;
    if (now >= startsAt && !isStalled) heard = Math.min(heard + rate, written);
    if (now % 50 === 13) {
      const taken = Math.min(written, heard + 15);
      progress.line(report(Math.max(0, heard - latency) / 1000, taken - heard + latency), now);
    }
    if (now % 20 === 0) {
      if (progress.takes(now, 20)) written += 20;
      else refused++;
      backlogs.push(progress.backlog(now));
    }
  }
  return { progress, backlogs, refused, waiting: written - heard };
}

Deno.test("playback progress: the backlog is what waits, without what the device always has", () => {
  for (const latency of [0, 5, 40, 200]) {
    const { backlogs, refused } = play({ latency });
    assert.ok(refused < 12, `${refused} refused`);
    const settled = backlogs.slice(100) as number[];
    assert.ok(settled.every((backlog) => backlog > 5 && backlog < 45), `${settled.slice(0, 5)}`);
  }
});

Deno.test("playback progress: a device that is slower than our clock has a growing backlog", () => {
  const { backlogs } = play({ frames: 3000, rate: 0.9995 });
  assert.ok(backlogs.at(-1)! - backlogs[100]! > 20, `${backlogs[100]} to ${backlogs.at(-1)}`);
});

Deno.test("playback progress: what waits before the server is bounded, whatever the clock", () => {
  const { waiting, refused } = play({ frames: 3000, rate: 0.98 });
  assert.ok(refused > 0);
  assert.ok(waiting < 110, `${waiting} ms wait`);
});

Deno.test("playback progress: a device that begins after a second does not keep it as a delay", () => {
  const { backlogs, waiting } = play({ startsAt: 1080 });
  assert.equal(backlogs[20], null);
  assert.ok(waiting < 70, `${waiting} ms wait`);
});

Deno.test("playback progress: a device that stalls does not keep it as a delay", () => {
  const { waiting, refused } = play({ stall: { at: 3000, lasts: 700 } });
  assert.ok(refused > 20);
  assert.ok(waiting < 110, `${waiting} ms wait`);
});

Deno.test("playback progress: a server that waits for more before it plays is given it", () => {
  const progress = new PlaybackProgress();
  progress.line("Buffer metrics: maxlength=4194304, tlength=19200, prebuf=19200, minreq=960", 0);
  let frames = 0;
  while (progress.takes(0, 20)) frames++;
  assert.equal(frames, 11);
});

Deno.test("playback progress: a frame that was dropped is not waited for", () => {
  const progress = new PlaybackProgress();
  progress.line(METRICS, 0);
  for (let n = 0; n < 3; n++) assert.ok(progress.takes(0, 20));
  assert.ok(!progress.takes(0, 20));
  progress.dropped(20);
  assert.ok(progress.takes(0, 20));
});

Deno.test("playback progress: frames count by their length", () => {
  const progress = new PlaybackProgress();
  progress.line(METRICS, 0);
  progress.takes(0, 12.5);
  progress.takes(0, 30);
  progress.line(report(0.010, 15), 10);
  assert.equal(progress.backlog(10), 32.5);
  progress.dropped(12.5);
  assert.equal(progress.backlog(10), 20);
});

Deno.test("playback progress: figures that make no sense do not silence the call", () => {
  const progress = new PlaybackProgress();
  progress.line(METRICS, 0);
  let taken = 0;
  for (let n = 0; n < 2000; n++) {
    if (n % 3 === 0) progress.line(report(0.001, 1), n * 20);
    if (progress.takes(n * 20, 20)) taken++;
  }
  assert.ok(taken > 1400, `${taken} frames`);
  assert.equal(progress.backlog(40_000), null);
});

Deno.test("playback progress: other lines are no reports", () => {
  const progress = new PlaybackProgress();
  for (const line of ["", "Stream started", "Time: x sec; Latency: 1 usec.", "Time: 1.0 sec"]) {
    assert.equal(progress.line(line, 0), false, line);
  }
  assert.equal(progress.line("Time: 1.500 sec; Latency: 20000 usec.", 0), true);
});

Deno.test("playback progress: it is dry at the beginning, and when frames come too late", () => {
  const progress = new PlaybackProgress();
  progress.line(METRICS, 0);
  assert.ok(progress.isDry(0));
  progress.takes(0, 20);
  assert.ok(!progress.isDry(0));
  progress.takes(0, 20);
  assert.equal(progress.line("Stream started.", 5), true);
  assert.equal(progress.backlog(5), null, "nothing was heard");
  progress.line(report(0.015, 15), 20);
  assert.ok(!progress.isDry(40), "25 ms waited, 20 of them are over");
  assert.ok(progress.isDry(60), "and now 40");
  progress.takes(60, 20);
  assert.ok(!progress.isDry(60));
  progress.line(report(0.060, 0), 110);
  assert.ok(progress.isDry(1000), "all was taken, and nothing was heard since");
});

Deno.test("playback progress: from the start on, what waited at rest is no reason to refuse", () => {
  const progress = new PlaybackProgress();
  progress.line(METRICS, 0);
  while (progress.takes(0, 20));
  progress.line("Stream started.", 1);
  assert.ok(progress.takes(20, 20));
  assert.ok(progress.takes(40, 20));
});
