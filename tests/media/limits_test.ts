import assert from "node:assert/strict";
import { FRAME_MS } from "../../lib/media/frame.ts";
import { MEDIA_LIMITS } from "../../lib/media/limits.ts";

Deno.test("media limits: what the protocol page and the goals fix", () => {
  const { playoutDelay, opusBitRate, duplication } = MEDIA_LIMITS;
  assert.deepEqual([Math.ceil(playoutDelay.least / FRAME_MS), playoutDelay.most / FRAME_MS], [
    2,
    10,
  ]);
  assert.deepEqual(opusBitRate, { least: 24_000, most: 32_000 });
  assert.equal(MEDIA_LIMITS.opusPacketLoss, 20);
  assert.equal(MEDIA_LIMITS.opusComplexity, 5);
  assert.equal(duplication.from, 0.1);
});

Deno.test("media limits: they fit each other", () => {
  const { slack, delayWindow, patience, rememberedSequences, sentRemembered } = MEDIA_LIMITS;
  // A change of 5 to 10 ms ends within the slack, and the packet behind the due one is there.
  assert.ok(slack.above + slack.below > 10);
  assert.ok(MEDIA_LIMITS.playoutDelay.least - slack.below > MEDIA_LIMITS.repairDelay);
  // A burst is forgotten and its delay begins to fall well within 2 s.
  assert.ok((delayWindow + patience) * FRAME_MS <= 1500);
  for (const size of [rememberedSequences, sentRemembered]) assert.equal(size & size - 1, 0);
  assert.ok(rememberedSequences > MEDIA_LIMITS.maxMisorder);
  assert.ok(MEDIA_LIMITS.bufferedPackets * FRAME_MS > MEDIA_LIMITS.playoutDelay.most);
});

Deno.test("media limits: every one has a comment of its own", async () => {
  const source = await Deno.readTextFile(new URL("../../lib/media/limits.ts", import.meta.url));
  const lines = source.slice(source.indexOf("export const MEDIA_LIMITS")).split("\n");
  for (const field of Object.keys(MEDIA_LIMITS)) {
    const at = lines.findIndex((line) => line.startsWith(`  ${field}:`));
    assert.ok(at > 0, `${field} is not on a line of its own`);
    assert.match(lines[at - 1]!, /\*\/$/, `${field} has no comment`);
  }
});
