/**
 * How much of a bottleneck is used, how much is sent again, and how long the queue gets.
 *
 * @module
 */
import assert from "node:assert/strict";
import { KIB, MIB } from "../../../lib/base/units.ts";
import type { DatagramPlan } from "../../sim/datagram_path.ts";
import { sampleFile } from "./sample_file.ts";
import { assertWhole, TransferWorld } from "./transfer_world.ts";

const FILE = sampleFile(48 * MIB);
/** Bytes a millisecond. */
const BOTTLENECK = 25_000;
const DELAY = 25;
/** Time of asking, proving and growing: what is left is the steady share. */
const START = 450;

function measure(path: Partial<DatagramPlan>) {
  const world = new TransferWorld({
    path: { delay: DELAY, bandwidth: BOTTLENECK, queueBytes: 1250 * KIB, ...path },
    back: { delay: DELAY, loss: path.loss ?? 0 },
  });
  const source = world.source([FILE]);
  const listener = world.listener(FILE, [source]);
  const way = world.datagrams.path(source.at.ip, listener.at.ip);
  let again = 0;
  let queued = 0;
  let standing = 0;
  while (listener.endAt === Infinity && world.now < 60_000) {
    world.timeline.run(5);
    again = source.machine.status()[0]?.again ?? again;
    queued = Math.max(queued, way.queued(world.now));
    if (world.now > 2 * START) standing = Math.max(standing, way.queued(world.now));
  }
  assertWhole(listener, FILE);
  const share = FILE.bytes.length / (listener.endAt - START) / BOTTLENECK;
  return { share, again, queued, standing };
}

for (
  const [loss, least] of [[0, 0.93], [0.01, 0.92], [0.05, 0.85]] as const
) {
  Deno.test(`goodput: ${100 * loss} % loss leaves ${100 * least} % of 25 MB/s at 50 ms`, () => {
    const { share, again } = measure({ loss });
    assert.ok(share > least, `${share}`);
    assert.ok(again < 0.05 + loss, `${again} sent again`);
  });
}

Deno.test("goodput: a bottleneck with a short queue is used, with few packets sent again", () => {
  for (const queueBytes of [32 * KIB, 128 * KIB]) {
    const { share, again } = measure({ queueBytes });
    assert.ok(share > 0.88, `${share}`);
    assert.ok(again < 0.1, `${again} sent again`);
  }
});

Deno.test("goodput: a bloated queue is not filled", () => {
  const { share, again, queued, standing } = measure({ queueBytes: 64 * MIB });
  const path = 2 * DELAY * BOTTLENECK;
  assert.ok(share > 0.93, `${share}`);
  assert.ok(again < 0.001, `${again} sent again`);
  assert.ok(queued < 1.6 * path, `${queued} bytes waited at the start`);
  assert.ok(standing < 0.4 * path, `${standing} bytes waited later`);
});

Deno.test("goodput: the first piece of a song comes soon", () => {
  const song = sampleFile(5 * MIB);
  const world = new TransferWorld({ path: { delay: 10, bandwidth: 2000, queueBytes: 64 * KIB } });
  const listener = world.listener(song, [world.source([song])]);
  world.untilOver(listener);
  // 131 ms of it is the piece itself at 2 MB/s.
  assert.ok(listener.firstAt < 250, `${listener.firstAt} ms`);
});
