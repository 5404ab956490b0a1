import assert from "node:assert/strict";
import { MINUTE } from "../../lib/base/units.ts";
import { seededRandom } from "../../lib/base/random.ts";
import { Deduplication } from "../../lib/overlay/deduplication.ts";
import { OVERLAY_LIMITS } from "../../lib/overlay/limits.ts";

Deno.test("a message is its src, msg_id and type together", () => {
  const seen = new Deduplication(seededRandom(1));
  assert.ok(seen.first("ana@UnB", "1", "SEND", 0));
  assert.ok(!seen.first("ana@UnB", "1", "SEND", 0));
  assert.ok(seen.has("ana@UnB", "1", "SEND", 0));
  for (
    const [src, id, type] of [
      ["bia@UnB", "1", "SEND"],
      ["ana@UnB", "2", "SEND"],
      [
        "ana@UnB",
        "1",
        "PUB",
      ],
      ["ana@UnB1", "", "SEND"],
      ["na@UnB", "1a", "SEND"],
    ] as const
  ) {
    assert.ok(!seen.has(src, id, type, 0));
    assert.ok(seen.first(src, id, type, 0));
  }
});

Deno.test("ten minutes are remembered, and fifteen are not", () => {
  const seen = new Deduplication(seededRandom(2));
  seen.first("ana@UnB", "1", "SEND", 0);
  assert.ok(!seen.first("ana@UnB", "1", "SEND", 10 * MINUTE - 1));
  assert.ok(seen.first("ana@UnB", "1", "SEND", 15 * MINUTE));
});

Deno.test("a neighbour at its quota for ten minutes pushes nothing out, and memory is bounded", () => {
  const seen = new Deduplication(seededRandom(3));
  seen.first("ana@UnB", "1", "SEND", 0);
  for (let at = 0; at < 120_000; at += 1) seen.first("mal@UnB", `${at}`, "SEND", at * 5);
  assert.ok(seen.has("ana@UnB", "1", "SEND", 10 * MINUTE - 1));
  for (let at = 0; at < 300_000; at += 1) seen.first("mal@UnB", `x${at}`, "SEND", 10 * MINUTE);
  assert.ok(seen.size <= OVERLAY_LIMITS.seenMessages);
});

Deno.test("a hundred thousand ids, alike as they are, do not collide", () => {
  const seen = new Deduplication(seededRandom(4));
  for (let at = 0; at < 100_000; at += 1) {
    assert.ok(seen.first("ana@UnB", at.toString(36), at % 2 === 0 ? "SEND" : "PUB", 0));
  }
});
