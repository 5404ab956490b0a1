/**
 * What every codec must do, and where they differ.
 *
 * @module
 */
import assert from "node:assert/strict";
import { FRAME_SAMPLES } from "../../lib/media/frame.ts";
import { MEDIA_LIMITS } from "../../lib/media/limits.ts";
import { openCodec } from "../../lib/media/open_codec.ts";
import { lagOf } from "../bench/alignment.ts";
import { isRemoteError } from "../vectors/vector.ts";
import { speechLike } from "./speech_like.ts";
import { loudness, tone } from "./tone.ts";

const speech = speechLike(2, 3);
const frames = Array.from(
  { length: 100 },
  (_, n) => speech.subarray(n * FRAME_SAMPLES, (n + 1) * FRAME_SAMPLES),
);

for (const name of ["opus/48000", "L16/16000"] as const) {
  Deno.test(`codec ${name}: frames in, frames out, later by the lookahead`, async () => {
    using codec = await openCodec(name);
    assert.equal(codec.format.name, name);
    assert.equal(codec.timestampStep, codec.format.clockRate / 50);
    const heard: number[] = [];
    for (const frame of frames) {
      const payload = codec.encode(frame);
      assert.ok(payload.length > 0 && payload.length <= MEDIA_LIMITS.payloadBytes);
      const decoded = codec.decode(payload);
      assert.equal(decoded.length, FRAME_SAMPLES);
      heard.push(...decoded);
    }
    const lag = lagOf(speech, Int16Array.from(heard));
    assert.ok(Math.abs(lag - codec.lookahead) <= 4, `${lag}, not ${codec.lookahead}`);
    assert.ok(Math.abs(loudness(Int16Array.from(heard)) / loudness(speech) - 1) < 0.15);
  });

  Deno.test(`codec ${name}: lost frames sound, then fade; before any frame there is silence`, async () => {
    using codec = await openCodec(name);
    assert.equal(loudness(codec.conceal()), 0);
    const voice = tone(150, 20 * FRAME_SAMPLES);
    for (let n = 0; n < 20; n++) {
      codec.decode(codec.encode(voice.subarray(n * FRAME_SAMPLES, (n + 1) * FRAME_SAMPLES)));
    }
    const lost = Array.from({ length: 10 }, () => codec.conceal());
    assert.ok(lost.every(({ length }) => length === FRAME_SAMPLES));
    assert.ok(loudness(lost[0]!) > 2000);
    assert.ok(loudness(lost[9]!) < loudness(lost[0]!) / 2);
  });

  Deno.test(`codec ${name}: a payload that holds no frame is the remote's mistake`, async () => {
    using codec = await openCodec(name);
    const bad = [new Uint8Array(0), new Uint8Array(1277), Uint8Array.of(255, 255, 255, 1, 2)];
    for (const payload of bad) {
      assert.throws(() => codec.decode(payload), isRemoteError("bad_payload"));
      assert.throws(() => codec.recover(payload), isRemoteError("bad_payload"));
    }
    assert.equal(codec.recover(codec.encode(frames[0]!)).length, FRAME_SAMPLES);
  });
}

Deno.test("codec opus/48000: a frame of another length is refused, though it is Opus", async () => {
  using codec = await openCodec("opus/48000");
  // Configuration 16 is 2.5 ms, 3 is 60 ms (RFC 6716, 3.1).
  for (const configuration of [16, 3]) {
    const payload = Uint8Array.of(configuration << 3, 0, 0, 0, 0);
    assert.throws(() => codec.decode(payload), isRemoteError("bad_payload"));
  }
});

Deno.test("codec opus/48000: the packet after a loss brings the lost frame back", async () => {
  using encoder = await openCodec("opus/48000");
  using repairing = await openCodec("opus/48000");
  using guessing = await openCodec("opus/48000");
  using whole = await openCodec("opus/48000");
  let repaired = 0;
  let guessed = 0;
  const payloads = frames.map((frame) => encoder.encode(frame));
  const distance = (one: Int16Array, other: Int16Array) =>
    loudness(one.map((sample, n) => sample - other[n]!));
  payloads.forEach((payload, n) => {
    const wanted = whole.decode(payload);
    const next = payloads[n + 1];
    if (n % 5 !== 4 || next === undefined) {
      repairing.decode(payload);
      guessing.decode(payload);
    } else {
      repaired += distance(repairing.recover(next), wanted);
      guessed += distance(guessing.conceal(), wanted);
    }
  });
  assert.ok(repaired < 0.8 * guessed, `${repaired} and ${guessed}`);
});

Deno.test("codec opus/48000: the bit rate is kept, and can be lowered", async () => {
  using codec = await openCodec("opus/48000");
  const bits = () => frames.reduce((sum, frame) => sum + 8 * codec.encode(frame).length, 0) / 2;
  const high = bits();
  codec.setBitRate(MEDIA_LIMITS.opusBitRate.least);
  const low = bits();
  assert.ok(high > 26_000 && high < 36_000, `${high} bit/s`);
  assert.ok(low > 19_000 && low < 28_000, `${low} bit/s`);
});

Deno.test("codec L16/16000: samples are big-endian", async () => {
  using codec = await openCodec("L16/16000");
  const constant = new Int16Array(FRAME_SAMPLES).fill(0x1234);
  codec.encode(constant);
  const payload = codec.encode(constant);
  assert.equal(payload.length, 640);
  assert.deepEqual([payload[100], payload[101]], [0x12, 0x34]);
});
