import assert from "node:assert/strict";
import { FRAME_SAMPLES } from "../../lib/media/frame.ts";
import { lengthened, shortened } from "../../lib/media/time_stretch.ts";
import { seededRandom } from "../../lib/base/random.ts";
import { impurity, tone } from "./tone.ts";

for (const hertz of [110, 150, 200, 330, 800]) {
  Deno.test(`time stretch: a tone of ${hertz} Hz stays one, shorter and longer`, () => {
    const frame = tone(hertz, FRAME_SAMPLES);
    for (const changed of [shortened, lengthened]) {
      const other = changed(frame, false);
      const change = Math.abs(other.length - frame.length);
      assert.ok(change >= 240 && change <= 480, `${change} samples`);
      const periods = change * hertz / 48_000;
      assert.ok(Math.abs(periods - Math.round(periods)) < 0.1, `${periods} periods`);
      assert.equal(other[0], frame[0]);
      assert.equal(other.at(-1), frame.at(-1));
      assert.ok(impurity(other, hertz, 48_000) < -20);
    }
  });
}

Deno.test("time stretch: noise is left alone unless it is urgent; silence never minds", () => {
  const random = seededRandom(1);
  const noise = Int16Array.from({ length: FRAME_SAMPLES }, () => 8000 * (random() - 0.5));
  assert.equal(shortened(noise, false), noise);
  assert.equal(lengthened(noise, false), noise);
  assert.ok(shortened(noise, true).length < FRAME_SAMPLES);
  assert.ok(lengthened(noise, true).length > FRAME_SAMPLES);
  const silence = new Int16Array(FRAME_SAMPLES);
  assert.ok(shortened(silence, false).length < FRAME_SAMPLES);
});
