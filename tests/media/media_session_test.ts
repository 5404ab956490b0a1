import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { FRAME_SAMPLES } from "../../lib/media/frame.ts";
import { MediaSession } from "../../lib/media/media_session.ts";
import { openCodec } from "../../lib/media/open_codec.ts";
import { L16Codec } from "../../lib/media/l16_codec.ts";
import { isRtcp } from "../../lib/protocol/rtp.ts";
import { aligned } from "../bench/alignment.ts";
import { intelligibility } from "../bench/stoi.ts";
import { speechLike } from "./speech_like.ts";
import { speak } from "./virtual_session.ts";

const speech = speechLike(8, 5);

Deno.test("session: each side knows what the other gets, and how far it is", () => {
  const { speaker, listener } = speak([new L16Codec(), new L16Codec()], speech, {
    transit: 30,
    jitter: 0,
    loss: 0.05,
  });
  const out = speaker.status();
  const into = listener.status();
  // Datagrams are read at the next turn of the clock: within a frame of the truth.
  assert.ok(out.roundTrip! > 59.9 && out.roundTrip! <= 80, `${out.roundTrip} ms`);
  assert.ok(Math.abs(out.lossOut! - 0.05) < 0.06, `${out.lossOut}`);
  assert.ok(Math.abs(into.lossIn - 0.05) < 0.04, `${into.lossIn}`);
  assert.equal(out.packetsOut, 400);
  assert.ok(into.received.packets > 360);
  assert.ok(out.bitRateOut > 255_000 && out.bitRateOut < 270_000);
  assert.ok(into.bitRateIn > 220_000 && into.bitRateIn < 260_000);
  assert.ok(into.mouthToEar > 70 && into.mouthToEar < 120, `${into.mouthToEar} ms`);
  assert.ok(into.quality.score > 4);
  assert.equal(into.malformed, 0);
  assert.ok(listener.heardAt! > 8900);
});

Deno.test("session: a bad path is answered with copies, a good one without", () => {
  const { speaker, listener } = speak(
    [new L16Codec(), new L16Codec()],
    speechLike(16, 5),
    (now) => ({ transit: 20, jitter: 0, loss: now < 9000 ? 0.25 : 0 }),
  );
  const { copiesOut, duplicating } = speaker.status();
  assert.ok(copiesOut > 200 && copiesOut < 600, `${copiesOut}`);
  assert.ok(!duplicating);
  assert.ok(listener.status().received.copies > 150);
});

Deno.test("session: reports go out once a second beside the sound", () => {
  using session = new MediaSession(new L16Codec(), seededRandom(1), 0);
  const reports = Array.from(
    { length: 500 },
    (_, n) => session.capture(new Int16Array(FRAME_SAMPLES), n * 20),
  ).flat().filter(isRtcp);
  assert.equal(reports.length, 9);
});

Deno.test("session: what is no sound is counted, and heard from nobody", () => {
  using session = new MediaSession(new L16Codec(), seededRandom(1), 0);
  session.receive(new Uint8Array(3), 1);
  session.receive(new Uint8Array(1501).fill(0x80), 2);
  session.receive(Uint8Array.of(0x80, 200, 0), 3);
  assert.equal(session.status().malformed, 3);
  assert.equal(session.heardAt, null);
  assert.equal(session.status().roundTrip, null);
  assert.equal(session.status().lossOut, null);
});

/** The scores asked for at 0, 5, 10 and 20 % loss with 30 ms jitter. */
const GOALS = [[0, 0.97], [0.05, 0.96], [0.1, 0.95], [0.2, 0.93]] as const;

for (const [loss, goal] of GOALS) {
  Deno.test(`session: speech is understood at ${100 * loss} % loss with 30 ms jitter`, async () => {
    const codecs = [await openCodec("opus/48000"), await openCodec("opus/48000")] as const;
    const { speaker, listener, heard } = speak(codecs, speech, { transit: 20, jitter: 30, loss });
    const score = intelligibility(speech, aligned(speech, heard), 48_000);
    speaker[Symbol.dispose]();
    listener[Symbol.dispose]();
    assert.ok(score >= goal, `${score}`);
  });
}
