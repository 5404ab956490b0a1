import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { FRAME_SAMPLES } from "../../lib/media/frame.ts";
import { openCodec } from "../../lib/media/open_codec.ts";
import { aligned } from "../bench/alignment.ts";
import { intelligibility } from "../bench/stoi.ts";
import { speechLike } from "./speech_like.ts";

const speech = speechLike(8, 7);

type Repair = "silence" | "conceal" | "recover";

/** The score of speech after this loss, repaired in one way and sent so many times. */
async function score(loss: number, repair: Repair, copies = 1): Promise<number> {
  const random = seededRandom(9);
  using encoder = await openCodec("opus/48000");
  using decoder = await openCodec("opus/48000");
  const payloads = Array.from(
    { length: speech.length / FRAME_SAMPLES },
    (_, n) => encoder.encode(speech.subarray(n * FRAME_SAMPLES, (n + 1) * FRAME_SAMPLES)),
  );
  const arrived = payloads.map(() =>
    Array.from({ length: copies }, () => random() >= loss).includes(true)
  );
  const heard = new Int16Array(speech.length);
  payloads.forEach((payload, n) => {
    const frame = arrived[n]
      ? decoder.decode(payload)
      : repair === "silence"
      ? new Int16Array(FRAME_SAMPLES)
      : repair === "recover" && arrived[n + 1]
      ? decoder.recover(payloads[n + 1]!)
      : decoder.conceal();
    heard.set(frame, n * FRAME_SAMPLES);
  });
  return intelligibility(speech, aligned(speech, heard), 48_000);
}

Deno.test("loss repair: what each means costs and gains", async () => {
  const clean = await score(0, "conceal");
  assert.ok(clean > 0.97, `${clean}`);
  for (const loss of [0.1, 0.2]) {
    const silence = await score(loss, "silence");
    const concealed = await score(loss, "conceal");
    const recovered = await score(loss, "recover");
    const doubled = await score(loss, "recover", 2);
    const scores = { silence, concealed, recovered, doubled, clean };
    assert.ok(silence < concealed, JSON.stringify(scores));
    assert.ok(concealed + 0.005 < recovered, JSON.stringify(scores));
    assert.ok(recovered < doubled, JSON.stringify(scores));
    assert.ok(doubled <= clean + 0.001, JSON.stringify(scores));
  }
});
