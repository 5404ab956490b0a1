import assert from "node:assert/strict";
import {
  FIRST_TURN,
  sequenceDistance,
  SequenceTracker,
  timestampDistance,
} from "../../lib/media/sequence.ts";

Deno.test("sequence: the distance is the shorter way round", () => {
  assert.equal(sequenceDistance(65_535, 0), 1);
  assert.equal(sequenceDistance(0, 65_535), -1);
  assert.equal(sequenceDistance(10, 32_777), 32_767);
  assert.equal(sequenceDistance(10, 32_778), -32_768);
  assert.equal(timestampDistance(0xffff_ffff, 959), 960);
  assert.equal(timestampDistance(0, 0xffff_fc40), -960);
});

Deno.test("sequence: numbers are counted on over many wraps, reordered or not", () => {
  const tracker = new SequenceTracker();
  for (let n = 65_530; n < 65_530 + 200_000; n += 2) {
    const later = tracker.take((n + 1) & 0xffff);
    const earlier = tracker.take(n & 0xffff);
    assert.deepEqual(later, { kind: "new", extended: FIRST_TURN + n + 1 });
    assert.deepEqual(earlier, { kind: "new", extended: FIRST_TURN + n });
  }
  assert.equal(tracker.highest, FIRST_TURN + 65_530 + 199_999);
});

Deno.test("sequence: a copy is known, early and late", () => {
  const tracker = new SequenceTracker();
  for (const sequence of [5, 6, 7]) tracker.take(sequence);
  assert.equal(tracker.take(7).kind, "copy");
  assert.equal(tracker.take(5).kind, "copy");
  for (let sequence = 8; sequence < 100; sequence++) tracker.take(sequence);
  assert.equal(tracker.take(6).kind, "copy");
  assert.equal(tracker.take(4).kind, "new");
  assert.equal(tracker.take(4).kind, "copy");
});

Deno.test("sequence: one stray number changes nothing, two in sequence are a restart", () => {
  const tracker = new SequenceTracker();
  tracker.take(100);
  assert.equal(tracker.take(40_000).kind, "stray");
  assert.deepEqual(tracker.take(101), { kind: "new", extended: FIRST_TURN + 101 });
  assert.equal(tracker.take(40_001).kind, "stray");
  assert.deepEqual(tracker.take(40_002), { kind: "restart", extended: FIRST_TURN + 40_002 });
  assert.deepEqual(tracker.take(40_003), { kind: "new", extended: FIRST_TURN + 40_003 });
});

Deno.test("sequence: a loss of thousands is a loss, and reordering of a hundred is reordering", () => {
  const tracker = new SequenceTracker();
  tracker.take(0);
  assert.equal(tracker.take(3000).kind, "new");
  assert.equal(tracker.take(2900).kind, "new");
  assert.equal(tracker.take(2899).kind, "stray");
  assert.equal(tracker.take(6001).kind, "stray");
});
