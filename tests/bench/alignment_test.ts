import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { speechLike } from "../media/speech_like.ts";
import { aligned, lagOf } from "./alignment.ts";

const speech = speechLike(2, 1);

Deno.test("alignment: the lag is found to the sample, either way, in noise too", () => {
  const random = seededRandom(1);
  for (const lag of [0, 1, 7, 960, 12_345, -1, -500]) {
    const recorded = Int16Array.from(
      { length: speech.length + 20_000 },
      (_, n) => (speech[n - lag] ?? 0) / 2 + 2000 * (random() - 0.5),
    );
    assert.equal(lagOf(speech, recorded), lag);
  }
});

Deno.test("alignment: what is aligned begins with what was said and is as long", () => {
  const recorded = Int16Array.from({ length: 50_000 }, (_, n) => speech[n - 3000] ?? 0);
  const result = aligned(speech, recorded);
  assert.equal(result.length, speech.length);
  assert.deepEqual(result.subarray(0, 47_000), speech.subarray(0, 47_000));
  assert.equal(result.at(-1), 0);
});
