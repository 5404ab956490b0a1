import assert from "node:assert/strict";
import { seededRandom } from "../../../lib/base/random.ts";
import { intelligibility } from "../../bench/stoi.ts";
import { spoken } from "./speech.ts";

const RATE = 48_000;

Deno.test("speech: espeak-ng says the same each time, for as long as wanted", async () => {
  const folder = await Deno.makeTempDir({ prefix: "prosa-speech-" });
  await using resources = new AsyncDisposableStack();
  resources.defer(() => Deno.remove(folder, { recursive: true }));
  const one = await spoken(0, 3, folder) ??
    assert.fail("this test needs espeak-ng (apt-get install espeak-ng)");
  assert.equal(one.length, 3 * RATE);
  assert.deepEqual(await spoken(0, 3, folder), one);
  const other = await spoken(1, 3, folder);
  assert.ok(intelligibility(one, other!, RATE) < 0.5);
  const random = seededRandom(1);
  const noisy = one.map((sample) => sample / 2 + 3000 * (2 * random() - 1));
  assert.ok(intelligibility(one, noisy, RATE) < 0.95);
});
