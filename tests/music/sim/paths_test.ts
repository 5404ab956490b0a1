/**
 * A file over every kind of path: it arrives complete and identical, each piece once and in order.
 *
 * @module
 */
import assert from "node:assert/strict";
import { KIB, MIB } from "../../../lib/base/units.ts";
import { CHUNK_BYTES, PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import type { DatagramPlan } from "../../sim/datagram_path.ts";
import { sampleFile } from "./sample_file.ts";
import { assertWhole, TransferWorld } from "./transfer_world.ts";

/** Seeds for each path; more of them are for a search by hand. */
const SEEDS = [1, 2];
/** Bytes a millisecond: 25 MB/s. */
const FAST = 25_000;

const PATHS: Readonly<Record<string, Partial<DatagramPlan>>> = {
  "no loss": { delay: 25, bandwidth: FAST },
  "1 % loss": { delay: 25, bandwidth: FAST, loss: 0.01 },
  "5 % loss": { delay: 25, bandwidth: FAST, loss: 0.05 },
  "15 % loss": { delay: 25, bandwidth: FAST, loss: 0.15 },
  "30 % loss": { delay: 25, bandwidth: FAST, loss: 0.3 },
  "no delay": { delay: 0, bandwidth: FAST },
  "no delay and 30 % loss": { delay: 0, bandwidth: FAST, loss: 0.3 },
  "300 ms": { delay: 300, bandwidth: FAST },
  "300 ms and 10 % loss": { delay: 300, bandwidth: FAST, loss: 0.1 },
  "reordering": { delay: 25, bandwidth: FAST, reordering: 0.2, lateBy: 40 },
  "duplication": { delay: 25, bandwidth: FAST, duplication: 0.3 },
  "jitter as long as the delay": { delay: 20, bandwidth: FAST, jitter: 20 },
  "jitter without delay": { delay: 0, bandwidth: FAST, jitter: 100 },
  "everything at once": {
    ...{ delay: 40, bandwidth: 2000, loss: 0.1, jitter: 20, duplication: 0.1 },
    ...{ reordering: 0.1, lateBy: 50, queueBytes: 64 * KIB },
  },
  "a short queue": { delay: 25, bandwidth: 2000, queueBytes: 16 * KIB },
  "a short queue and 5 % loss": { delay: 25, bandwidth: 2000, queueBytes: 16 * KIB, loss: 0.05 },
  "a bloated queue": { delay: 25, bandwidth: 500, queueBytes: 4 * MIB },
  "a modem": { delay: 100, bandwidth: 50, queueBytes: 64 * KIB },
};

for (const [name, path] of Object.entries(PATHS)) {
  Deno.test(`transfer: arrives whole over a path with ${name}`, () => {
    for (const seed of SEEDS) {
      const world = new TransferWorld({ seed, path });
      const file = sampleFile(MIB + 12_345, seed);
      const source = world.source([file]);
      const listener = world.listener(file, [source]);
      world.untilOver(listener);
      assertWhole(listener, file);
      assert.deepEqual(listener.order, [0, 1, 2, 3, 4]);
      assert.deepEqual(listener.reports.at(-1), { kind: "complete", checked: true });
      world.timeline.run(5000);
      assert.deepEqual(source.machine.status(), [], "the source goes on");
      const { counts } = world.datagrams.path(listener.at.ip, source.at.ip);
      assert.ok(counts.sent < 2000, `${counts.sent} acknowledgements`);
    }
  });
}

Deno.test("transfer: arrives whole whatever its size", () => {
  const sizes = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, PIECE_BYTES - 1, PIECE_BYTES];
  for (const size of [...sizes, PIECE_BYTES + 1, 3 * PIECE_BYTES, 40 * PIECE_BYTES + 7]) {
    const world = new TransferWorld({ path: { loss: 0.02, bandwidth: FAST } });
    const file = sampleFile(size);
    const listener = world.listener(file, [world.source([file])]);
    world.untilOver(listener);
    assertWhole(listener, file);
  }
});

Deno.test("transfer: arrives whole where a third of the acknowledgements is lost", () => {
  for (const seed of SEEDS) {
    const world = new TransferWorld({
      ...{ seed, path: { delay: 25, bandwidth: FAST }, back: { delay: 25, loss: 0.35 } },
    });
    const file = sampleFile(4 * MIB);
    const source = world.source([file]);
    const listener = world.listener(file, [source]);
    world.untilOver(listener);
    assertWhole(listener, file);
    assert.ok(listener.endAt < 6000, `${listener.endAt} ms`);
    const { counts } = world.datagrams.path(source.at.ip, listener.at.ip);
    const needed = 4 * MIB / CHUNK_BYTES + counts.overflowed;
    assert.ok(counts.sent < 1.03 * needed, `${counts.sent} packets, needed were ${needed}`);
  }
});

Deno.test("transfer: no packet is longer than 1,200 bytes", () => {
  const world = new TransferWorld({ path: { delay: 25, bandwidth: 1000, loss: 0.05 } });
  const file = sampleFile(2 * MIB);
  const source = world.source([file]);
  const send = world.datagrams.send.bind(world.datagrams);
  let longest = 0;
  world.datagrams.send = (from, to, bytes) => {
    longest = Math.max(longest, bytes.length);
    send(from, to, bytes);
  };
  const listener = world.listener(file, [source]);
  world.untilOver(listener);
  assertWhole(listener, file);
  assert.ok(longest > 1100 && longest <= 1200, `${longest} bytes`);
});

Deno.test("transfer: the same seed gives the same run", () => {
  const run = () => {
    const world = new TransferWorld({ seed: 7, path: { delay: 30, loss: 0.1, jitter: 10 } });
    const file = sampleFile(MIB);
    const listener = world.listener(file, [world.source([file])]);
    world.untilOver(listener);
    return [listener.endAt, listener.firstAt, world.timeline.fired];
  };
  assert.deepEqual(run(), run());
});
