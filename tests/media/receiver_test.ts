import assert from "node:assert/strict";
import { FRAME_SAMPLES } from "../../lib/media/frame.ts";
import { HalfDuplex } from "../../lib/media/half_duplex.ts";
import { Receiver } from "../../lib/media/receiver.ts";
import { arrivals, BURST, PATHS } from "../vectors/arrivals.ts";
import { NumberCodec, numberPayload, rtpPacket, virtualCall } from "./virtual_call.ts";

/** What each path may cost: the delay in milliseconds, and parts of the frames. */
interface Bounds {
  /** Mean delay after the first second. */
  readonly delay: readonly [least: number, most: number];
  readonly late?: number;
  readonly concealed?: number;
  readonly recovered?: readonly [least: number, most: number];
  readonly underruns?: number;
}

const BOUNDS: Readonly<Record<keyof typeof PATHS, Bounds>> = {
  steady: { delay: [22, 33] },
  "jitter 30 ms": { delay: [42, 60] },
  "normal jitter 15 ms": {
    delay: [55, 100],
    late: 0.01,
    concealed: 0.005,
    recovered: [0, 0.01],
    underruns: 3,
  },
  burst: { delay: [24, 90], concealed: 0.011, underruns: 6 },
  "drift +200 ppm": { delay: [22, 33] },
  "drift -200 ppm": { delay: [22, 33] },
  "loss 1 %": { delay: [22, 33], concealed: 0.001, recovered: [0.005, 0.015] },
  "loss 5 %": { delay: [22, 33], concealed: 0.005, recovered: [0.03, 0.06] },
  "loss 10 %": { delay: [22, 33], concealed: 0.015, recovered: [0.06, 0.12] },
  "loss 20 %": { delay: [22, 33], concealed: 0.05, recovered: [0.12, 0.2] },
  "loss 10 %, jitter 30 ms": { delay: [42, 60], concealed: 0.05, recovered: [0.05, 0.12] },
  "every packet twice": { delay: [22, 33] },
};

for (const [name, path] of Object.entries(PATHS)) {
  for (const phase of [0, 7, 14]) {
    Deno.test(`receiver: one minute of ${name}, clock at +${phase} ms`, () => {
      const bounds = BOUNDS[name as keyof typeof PATHS];
      const { turns, counters } = virtualCall(arrivals(path, 60), phase);
      const within = (what: string, value: number, [least, most]: readonly [number, number]) =>
        assert.ok(value >= least && value <= most, `${what} ${value}, not ${least}–${most}`);
      const settled = turns.slice(50);
      const mean = settled.reduce((sum, { delay }) => sum + delay, 0) / settled.length;
      within("delay", mean, bounds.delay);
      within("late", counters.late / counters.packets, [0, bounds.late ?? 0]);
      within("concealed", counters.concealed / counters.frames, [0, bounds.concealed ?? 0]);
      within("recovered", counters.recovered / counters.frames, bounds.recovered ?? [0, 0]);
      within("underruns", counters.underruns, [0, bounds.underruns ?? 0]);
      assert.equal(counters.restarts, 0);
    });
  }
}

Deno.test("receiver: after a burst the delay is back within 2 s, and no word is lost", () => {
  for (const phase of [0, 5, 10, 15]) {
    const { turns, counters } = virtualCall(arrivals(PATHS.burst, 60), phase);
    const before = turns.find(({ at }) => at > BURST.first - 100)!;
    const over = BURST.first + BURST.length + 20;
    const during = turns.filter(({ at }) => at > BURST.first && at < over);
    assert.ok(Math.max(...during.map(({ delay }) => delay)) > 150);
    const after = turns.filter(({ at }) => at > over + 2000 && at < BURST.first + BURST.every);
    for (const { delay, target } of after) {
      assert.equal(target, before.target);
      assert.ok(delay <= before.target + 7, `${delay} ms`);
    }
    assert.equal(counters.late, 0);
  }
});

for (const drift of [200, -200]) {
  Deno.test(`receiver: ten minutes of clocks ${drift} ppm apart add up to no delay`, () => {
    const { turns, counters, heard } = virtualCall(arrivals({ drift }, 600));
    for (const { delay } of turns.slice(50)) assert.ok(delay > 21 && delay < 34, `${delay} ms`);
    const half = turns.length / 2;
    const mean = (part: typeof turns) =>
      part.reduce((sum, { delay }) => sum + delay, 0) / part.length;
    assert.ok(Math.abs(mean(turns.slice(50, half)) - mean(turns.slice(half))) < 8);
    // 200 ppm of ten minutes are 120 ms: six frames.
    const changed = drift > 0 ? counters.shortened : counters.lengthened;
    assert.ok(changed >= 80 && changed <= 140, `${changed} ms`);
    assert.ok(!heard.includes(null));
    assert.equal(counters.underruns, 0);
  });
}

Deno.test("receiver: frames are heard once each and in order, over both wraps", () => {
  const { heard } = virtualCall(arrivals(PATHS["jitter 30 ms"], 30));
  assert.deepEqual(heard, Array.from({ length: heard.length }, (_, n) => n));
});

Deno.test("receiver: loss and jitter are measured as they are", () => {
  assert.equal(virtualCall(arrivals(PATHS.steady, 20)).jitter, 0);
  // Evenly 0–30 ms: the mean distance of two is a third.
  const { jitter } = virtualCall(arrivals(PATHS["jitter 30 ms"], 20));
  assert.ok(jitter > 7 && jitter < 13, `${jitter} ms`);
  const { recentLoss } = virtualCall(arrivals(PATHS["loss 20 %"], 20));
  assert.ok(recentLoss > 0.12 && recentLoss < 0.28, `${recentLoss}`);
});

Deno.test("receiver: other formats and single packets of other sources are foreign", () => {
  const receiver = new Receiver(new NumberCodec(), new HalfDuplex());
  assert.ok(receiver.receive(rtpPacket({}), 0));
  assert.ok(!receiver.receive(rtpPacket({ sequence: 1, payloadType: 0 }), 1));
  assert.ok(!receiver.receive(rtpPacket({ sequence: 900, ssrc: 8 }), 2));
  assert.ok(!receiver.receive(rtpPacket({ sequence: 700, ssrc: 8 }), 3));
  assert.equal(receiver.source, 7);
  assert.equal(receiver.counters.foreign, 3);
  assert.equal(receiver.counters.packets, 1);
});

Deno.test("receiver: a source that goes on in sequence takes over, with its own clock", () => {
  const codec = new NumberCodec();
  const receiver = new Receiver(codec, new HalfDuplex());
  for (let n = 0; n < 200; n++) {
    const ssrc = n < 100 ? 7 : 8;
    const start = n < 100 ? 0 : 30_000;
    receiver.receive(
      rtpPacket({
        ssrc,
        sequence: start + n,
        timestamp: start * 960 + n * FRAME_SAMPLES,
        payload: numberPayload(n),
      }),
      n * 20,
    );
    receiver.playout(n * 20 + 10);
  }
  assert.equal(receiver.source, 8);
  assert.equal(receiver.counters.foreign, 1);
  assert.equal(codec.heard.at(-1), 198);
  assert.ok(receiver.buffer.delay < 50);
});

Deno.test("receiver: the datagram's memory may be used again at once", () => {
  const codec = new NumberCodec();
  const receiver = new Receiver(codec, new HalfDuplex());
  for (let n = 0; n < 10; n++) {
    const payload = numberPayload(n);
    receiver.receive(rtpPacket({ sequence: n, timestamp: n * FRAME_SAMPLES, payload }), n * 20);
    payload.fill(0xee);
    receiver.playout(n * 20 + 10);
  }
  assert.deepEqual(codec.heard, Array.from({ length: codec.heard.length }, (_, n) => n));
  assert.ok(codec.heard.length > 5);
});
