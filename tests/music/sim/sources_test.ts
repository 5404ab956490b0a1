/**
 * Sources that die, lie, refuse or leave: another takes over, or the fetch fails with a name.
 *
 * @module
 */
import assert from "node:assert/strict";
import { MIB, SECOND } from "../../../lib/base/units.ts";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import { describe, sampleFile } from "./sample_file.ts";
import { assertWhole, type Read, type SimListener, TransferWorld } from "./transfer_world.ts";

const PATH = { delay: 25, bandwidth: 5000, loss: 0.02 };
const FILE = sampleFile(8 * MIB + 100);

/** Reads one wrong bit in a piece. */
const lyingIn = (piece: number): Read => ({ bytes }, offset, length) => {
  const read = bytes.slice(offset, offset + length);
  if (offset === piece * PIECE_BYTES) read[length >> 1]! ^= 1;
  return read;
};

function lost({ reports }: SimListener): string[] {
  return reports.flatMap((report) => report.kind === "source_lost" ? [report.fault] : []);
}

Deno.test("sources: one that dies is replaced where it was", () => {
  const world = new TransferWorld({ path: PATH });
  const [first, second] = [world.source([FILE]), world.source([FILE])];
  const listener = world.listener(FILE, [first, second]);
  world.timeline.run(SECOND);
  const before = listener.order.length;
  assert.ok(before > 3 && before < 30, `${before} pieces`);
  first.host.stop();
  world.untilOver(listener);
  assertWhole(listener, FILE);
  assert.deepEqual(lost(listener), ["source_gone"]);
  assert.deepEqual(listener.reports.at(-1), { kind: "complete", checked: true });
  const [serving] = second.reports;
  assert.equal(serving?.kind, "serving");
  world.timeline.run(5 * SECOND);
  const { bytes } = second.reports.find(({ kind }) => kind === "served") as { bytes: number };
  assert.ok(bytes < FILE.bytes.length - (before - 2) * PIECE_BYTES, "it began anew");
});

Deno.test("sources: the only one dies, and the fetch fails with a name", () => {
  const world = new TransferWorld({ path: PATH });
  const source = world.source([FILE]);
  const listener = world.listener(FILE, [source]);
  world.timeline.run(SECOND);
  source.host.stop();
  world.untilOver(listener);
  assert.equal(listener.machine.state, "failed");
  assert.deepEqual(lost(listener), ["source_gone", "no_answer", "no_answer"]);
  assert.deepEqual(listener.reports.at(-1), { kind: "failed", fault: "no_answer" });
  assert.ok(listener.order.length > 3, "what came stays");
});

Deno.test("sources: one that is found while others are silent takes over", () => {
  const world = new TransferWorld({ path: PATH });
  const source = world.source([FILE]);
  const waiting = world.listener(FILE, [source]);
  world.timeline.run(SECOND);
  source.host.stop();
  world.timeline.run(6 * SECOND);
  assert.equal(waiting.machine.state, "asking");
  const again = world.source([FILE]);
  waiting.host.feed({ kind: "source", address: again.at });
  world.untilOver(waiting);
  assertWhole(waiting, FILE);
});

Deno.test("sources: one that lies is left at the piece, and another gives the true one", () => {
  const world = new TransferWorld({ path: PATH });
  const liar = world.source([FILE], { read: lyingIn(5) });
  const listener = world.listener(FILE, [liar, world.source([FILE])]);
  world.untilOver(listener);
  assertWhole(listener, FILE);
  assert.deepEqual(lost(listener), ["wrong_bytes"]);
  assert.deepEqual(liar.reports.at(-1)?.kind, "served");
  assert.equal((liar.reports.at(-1) as { why: string }).why, "wrong_bytes");
});

Deno.test("sources: the only one lies, and not a wrong byte is given out", () => {
  const world = new TransferWorld({ path: PATH });
  const listener = world.listener(FILE, [world.source([FILE], { read: lyingIn(5) })]);
  world.untilOver(listener);
  assert.ok(listener.order.length > 0 && listener.order.length <= 5);
  listener.order.forEach((piece, at) => assert.equal(piece, at));
  assert.deepEqual(listener.reports.at(-1), { kind: "failed", fault: "wrong_bytes" });
});

Deno.test("sources: one with another list of pieces is left before any piece", () => {
  const world = new TransferWorld({ path: PATH });
  const other = describe(FILE.bytes.map((byte) => byte ^ 1));
  const forged = {
    ...FILE,
    bytes: other.bytes,
    shared: { ...FILE.shared, digests: other.shared.digests },
  };
  const listener = world.listener(FILE, [world.source([forged]), world.source([FILE])]);
  world.untilOver(listener);
  assertWhole(listener, FILE);
  assert.deepEqual(lost(listener), ["wrong_list"]);
});

Deno.test("sources: where the catalogue vouches for no list, the whole tells a liar", () => {
  const world = new TransferWorld({ path: PATH });
  const other = describe(FILE.bytes.map((byte) => byte ^ 1));
  const forged = {
    ...FILE,
    bytes: other.bytes,
    shared: { ...FILE.shared, digests: other.shared.digests },
  };
  const listener = world.listener(FILE, [world.source([forged])], { pieces: null });
  world.untilOver(listener);
  assert.deepEqual(listener.reports.at(-1), { kind: "failed", fault: "wrong_content" });
  const honest = new TransferWorld({ path: PATH });
  const well = honest.listener(FILE, [honest.source([FILE])], { pieces: null });
  honest.untilOver(well);
  assertWhole(well, FILE);
});

Deno.test("sources: a file of another size is not taken", () => {
  const world = new TransferWorld({ path: PATH });
  const short = { ...FILE, shared: { ...FILE.shared, size: FILE.bytes.length - 1 } };
  const listener = world.listener(FILE, [world.source([short])]);
  world.untilOver(listener);
  assert.deepEqual(listener.reports.at(-1), { kind: "failed", fault: "wrong_size" });
});

Deno.test("sources: whoever does not have it says so, and is not asked again", () => {
  const world = new TransferWorld({ path: PATH });
  const without = world.source([]);
  const listener = world.listener(FILE, [without, world.source([FILE])]);
  world.untilOver(listener);
  assertWhole(listener, FILE);
  assert.deepEqual(lost(listener), ["not_available"]);
});

Deno.test("sources: nobody has it, nobody answers, nobody is known: each has its name", () => {
  const world = new TransferWorld({ path: { ...PATH, loss: 0 } });
  const nobody = world.listener(FILE, []);
  const denied = world.listener(FILE, [world.source([])]);
  const gone = world.source([]);
  gone.host.stop();
  const unanswered = world.listener(FILE, [gone]);
  world.untilOver(nobody, denied, unanswered);
  const faults = [nobody, denied, unanswered].map(({ reports }) => reports.at(-1));
  assert.deepEqual(faults, [
    { kind: "failed", fault: "no_source" },
    { kind: "failed", fault: "not_available" },
    { kind: "failed", fault: "no_answer" },
  ]);
});

Deno.test("sources: one that cannot read says so, and another is asked", () => {
  const world = new TransferWorld({ path: PATH });
  const broken = world.source([FILE], {
    read: ({ bytes }, offset, length) =>
      offset < 4 * PIECE_BYTES ? bytes.slice(offset, offset + length) : null,
  });
  const listener = world.listener(FILE, [broken, world.source([FILE])]);
  world.untilOver(listener);
  assertWhole(listener, FILE);
  assert.equal(lost(listener)[0], "source_failed");
});

Deno.test("sources: one that leaves or shares a file no more says so", () => {
  for (const id of [undefined, FILE.shared.id]) {
    const world = new TransferWorld({ path: { ...PATH, loss: 0 } });
    const first = world.source([FILE]);
    const listener = world.listener(FILE, [first, world.source([FILE])]);
    world.timeline.run(SECOND);
    first.host.feed({ kind: "leave", id: "0".repeat(64) });
    assert.equal(first.machine.status().length, 1);
    first.host.feed(id === undefined ? { kind: "leave" } : { kind: "leave", id });
    world.timeline.run(100);
    assert.deepEqual(lost(listener), ["source_failed"]);
    world.untilOver(listener);
    assertWhole(listener, FILE);
  }
});

Deno.test("sources: many listeners of one are served, and one too many is told", () => {
  const world = new TransferWorld({ path: { delay: 10, bandwidth: 25_000 } });
  const source = world.source([FILE], { limit: 2_000_000 });
  const listeners = Array.from({ length: 17 }, () => {
    world.timeline.run(100);
    return world.listener(FILE, [source]);
  });
  world.timeline.run(100);
  assert.equal(source.machine.status().length, 16);
  assert.deepEqual(lost(listeners[16]!), ["busy"]);
  world.timeline.run(20 * SECOND);
  assert.deepEqual(listeners[16]!.reports.at(-1), { kind: "failed", fault: "busy" });
});
