import assert from "node:assert/strict";
import { FRAME_SAMPLES } from "../../lib/media/frame.ts";
import { HalfDuplex } from "../../lib/media/half_duplex.ts";
import { levelOf } from "../../lib/media/level_meter.ts";
import { Sender } from "../../lib/media/sender.ts";
import { parseRtp } from "../../lib/protocol/rtp.ts";
import { NumberCodec } from "./virtual_call.ts";
import { tone } from "./tone.ts";

const START = { ssrc: 99, sequence: 65_534, timestamp: 0xffff_ffff - 1000 };
const sender = (halfDuplex = new HalfDuplex()) => new Sender(new NumberCodec(), START, halfDuplex);
const frame = (value: number) => new Int16Array(FRAME_SAMPLES).fill(value);

Deno.test("sender: numbers go on by one and by a frame, over their wraps", () => {
  const one = sender();
  const packets = [1, 2, 3, 4].flatMap((value) => one.capture(frame(value))).map(parseRtp);
  assert.deepEqual(packets.map(({ sequence }) => sequence), [65_534, 65_535, 0, 1]);
  assert.deepEqual(
    packets.map(({ timestamp }) => timestamp),
    [0, 960, 1920, 2880].map((step) => (START.timestamp + step) % 2 ** 32),
  );
  assert.deepEqual(packets.map(({ marker }) => marker), [true, false, false, false]);
  assert.ok(packets.every(({ ssrc, payloadType }) => ssrc === 99 && payloadType === 111));
  assert.deepEqual([one.packets, one.copies, one.payloadBytes, one.bytes], [4, 0, 16, 64]);
});

Deno.test("sender: after a pause time has gone on, and the next packet says so", () => {
  const one = sender();
  const [before] = one.capture(frame(1)).map(parseRtp);
  one.pause(10);
  const [after] = one.capture(frame(2)).map(parseRtp);
  assert.equal((after!.timestamp - before!.timestamp) >>> 0, 11 * FRAME_SAMPLES);
  assert.equal((after!.sequence - before!.sequence) & 0xffff, 1);
  assert.ok(after!.marker);
});

Deno.test("sender: muted, packets go on without sound", () => {
  const one = sender();
  one.gain.muted = true;
  one.capture(frame(100));
  assert.deepEqual([...parseRtp(one.capture(frame(100))[0]!).payload], [0, 0, 0, 0]);
  assert.equal(one.packets, 2);
});

Deno.test("sender: half duplex keeps the microphone back while the far side speaks", () => {
  const gate = new HalfDuplex();
  gate.enabled = true;
  const one = sender(gate);
  gate.played(levelOf(tone(200, FRAME_SAMPLES)));
  assert.deepEqual([...parseRtp(one.capture(frame(100))[0]!).payload], [0, 0, 0, 0]);
});

Deno.test("sender: on a bad path each packet goes out twice, at the lower bit rate", () => {
  const rates: number[] = [];
  const codec = new NumberCodec();
  codec.setBitRate = (rate?: number) => void rates.push(rate!);
  const one = new Sender(codec, START, new HalfDuplex());
  assert.equal(one.capture(frame(1)).length, 1);
  one.pathLoss.unreported(0.5, 0);
  const twice = one.capture(frame(2));
  assert.equal(twice.length, 2);
  assert.deepEqual(twice[0], twice[1]);
  for (let second = 1; second < 10; second++) one.pathLoss.unreported(0, second);
  assert.equal(one.capture(frame(3)).length, 1);
  assert.deepEqual(rates, [24_000, 32_000]);
  assert.deepEqual([one.packets, one.copies], [3, 1]);
});
