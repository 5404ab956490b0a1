/**
 * Listeners that pause, seek, cancel, vanish or never were: the source does what they want, and stops.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { IpPort } from "../../../lib/base/address.ts";
import { MIB, SECOND } from "../../../lib/base/units.ts";
import { formatControlMessage } from "../../../lib/protocol/music/control_messages.ts";
import { PIECE_BYTES } from "../../../lib/protocol/music/transfer_geometry.ts";
import { newHasher, sampleFile } from "./sample_file.ts";
import { assertWhole, type SimListener, type SimSource, TransferWorld } from "./transfer_world.ts";

const PATH = { delay: 25, bandwidth: 4000 };
const FILE = sampleFile(8 * MIB + 100);

/** Packets on the way from a source to a listener in the next `time` milliseconds. */
function packetsIn(world: TransferWorld, source: SimSource, to: IpPort, time: number): number {
  const { counts } = world.datagrams.path(source.at.ip, to.ip);
  const before = counts.sent;
  world.timeline.run(time);
  return counts.sent - before;
}

function start(path = {}): { world: TransferWorld; source: SimSource; listener: SimListener } {
  const world = new TransferWorld({ path: { ...PATH, ...path } });
  const source = world.source([FILE]);
  return { world, source, listener: world.listener(FILE, [source]) };
}

Deno.test("listeners: one that vanishes makes the source stop within seconds", () => {
  const { world, source, listener } = start();
  world.timeline.run(SECOND);
  listener.host.stop();
  world.timeline.run(200);
  const sent = packetsIn(world, source, listener.at, 4 * SECOND);
  assert.ok(sent < 50, `${sent} packets to nobody`);
  assert.deepEqual(source.machine.status(), []);
  assert.equal((source.reports.at(-1) as { why: string }).why, "listener_gone");
  assert.equal(packetsIn(world, source, listener.at, 60 * SECOND), 0);
  assert.equal(source.machine.wakeAt(), null);
});

Deno.test("listeners: one whose acknowledgements are all lost gets a few packets only", () => {
  const world = new TransferWorld({ path: PATH });
  const source = world.source([FILE]);
  const listener = world.listener(FILE, [source]);
  const send = world.datagrams.send.bind(world.datagrams);
  world.datagrams.send = (from, to, bytes) => {
    if (from.ip !== listener.at.ip || bytes[0] === 0x7b) send(from, to, bytes);
  };
  world.untilOver(listener);
  const { counts } = world.datagrams.path(source.at.ip, listener.at.ip);
  assert.ok(counts.sent < 60, `${counts.sent} packets`);
  assert.equal(listener.machine.state, "failed");
});

Deno.test("listeners: a forged GET costs its victim less than three times its bytes", () => {
  const long = sampleFile(1 * MIB);
  const named = { ...long, shared: { ...long.shared, name: `${"\u0001".repeat(250)}.mp3` } };
  for (const [times, file] of [[1, FILE], [1, named], [100, FILE], [100, named]] as const) {
    const world = new TransferWorld({ path: { ...PATH, loss: 0 } });
    const source = world.source([file]);
    const victim = { ip: "10.0.2.99", port: 9999 };
    let got = 0;
    world.datagrams.bind(victim, (_, bytes) => got += bytes.length);
    const get = new TextEncoder().encode(
      `{"type":"GET","stream":7,"id":"${file.shared.id}","port":${victim.port}}`,
    );
    for (let n = 0; n < times; n++) {
      world.datagrams.send(victim, source.at, get);
      world.timeline.run(25);
    }
    world.timeline.run(10 * SECOND);
    const sent = times * get.length;
    assert.ok(got > 0 && got < 3 * sent, `${got} bytes for ${sent}`);
    assert.deepEqual(source.machine.status(), []);
    assert.deepEqual(source.reports, [], "nobody was served");
    assert.equal(source.machine.wakeAt(), null, "they are forgotten");
  }
});

Deno.test("listeners: a flood of forged GETs leaves room for a true one", () => {
  const world = new TransferWorld({ path: PATH });
  const source = world.source([FILE]);
  for (let n = 0; n < 500; n++) {
    const from = { ip: `10.9.${n >> 8}.${n & 255}`, port: 9999 };
    world.datagrams.send(
      from,
      source.at,
      new TextEncoder().encode(
        formatControlMessage({ kind: "GET", stream: n, id: FILE.shared.id, offset: 0, port: 9999 }),
      ),
    );
  }
  world.timeline.run(30);
  assert.deepEqual(source.machine.status(), [], "nothing is read or kept for them");
  const listener = world.listener(FILE, [source]);
  world.untilOver(listener);
  assertWhole(listener, FILE);
});

Deno.test("listeners: one that pauses gets nothing until it goes on", () => {
  const { world, source, listener } = start();
  world.timeline.run(SECOND);
  listener.host.feed({ kind: "pause" });
  world.timeline.run(200);
  assert.equal(packetsIn(world, source, listener.at, 30 * SECOND), 0);
  assert.equal(source.machine.status()[0]?.state, "paused");
  const given = listener.order.length;
  listener.host.feed({ kind: "resume" });
  world.timeline.run(300);
  assert.ok(listener.order.length > given, "it does not go on");
  world.untilOver(listener);
  assertWhole(listener, FILE);
  assert.ok(listener.endAt < 35 * SECOND);
});

Deno.test("listeners: one that pauses for long loses its place, and goes on all the same", () => {
  const { world, source, listener } = start({ loss: 0.05 });
  world.timeline.run(SECOND);
  listener.host.feed({ kind: "pause" });
  world.timeline.run(400 * SECOND);
  assert.deepEqual(source.machine.status(), []);
  listener.host.feed({ kind: "resume" });
  world.untilOver(listener);
  assertWhole(listener, FILE);
});

Deno.test("listeners: one that does not store what it gets is sent no more than a window", () => {
  const file = sampleFile(16 * MIB);
  const world = new TransferWorld({ path: { delay: 25, bandwidth: 25_000 } });
  const source = world.source([file]);
  const listener = world.listener(file, [source], { storeTime: 60 * SECOND });
  world.timeline.run(10 * SECOND);
  assert.ok(listener.order.length >= 32 && listener.order.length <= 33);
  assert.ok(packetsIn(world, source, listener.at, 10 * SECOND) < 40, "pings only");
  world.untilOver(listener);
  assertWhole(listener, file);
});

Deno.test("listeners: one that cancels is sent no more at once", () => {
  const { world, source, listener } = start();
  world.timeline.run(SECOND);
  listener.host.feed({ kind: "cancel" });
  assert.deepEqual(listener.reports.at(-1), { kind: "cancelled" });
  world.timeline.run(26);
  assert.equal(packetsIn(world, source, listener.at, 5 * SECOND), 0);
  assert.equal((source.reports.at(-1) as { why: string }).why, "cancelled");
  assert.equal(listener.machine.wakeAt(), null);
});

Deno.test("listeners: one that seeks gets that first, and the rest afterwards", () => {
  const { world, listener } = start({ loss: 0.02 });
  world.timeline.run(600);
  const before = listener.order.length;
  assert.ok(before > 0 && before < 15);
  listener.host.feed({ kind: "seek", offset: 20 * PIECE_BYTES + 5 });
  world.timeline.run(1000);
  assert.equal(listener.order[before], 20);
  world.untilOver(listener);
  assertWhole(listener, FILE);
  assert.deepEqual(listener.order.slice(before, before + 14), [
    ...Array.from({ length: 13 }, (_, n) => 20 + n),
    before,
  ]);
  assert.deepEqual(listener.reports.at(-1), { kind: "complete", checked: false });
});

Deno.test("listeners: what is there already is not fetched, and the digest goes on from it", () => {
  const world = new TransferWorld({ path: PATH });
  const source = world.source([FILE]);
  const hasher = newHasher();
  hasher.update(FILE.bytes.subarray(0, 10 * PIECE_BYTES));
  const have = [...Array.from({ length: 10 }, (_, piece) => piece), 15, 16, 17, 40, -1];
  const listener = world.listener(FILE, [source], { have, begun: { hasher, pieces: 10 } });
  listener.bytes.set(FILE.bytes.subarray(0, 10 * PIECE_BYTES));
  listener.bytes.set(
    FILE.bytes.subarray(15 * PIECE_BYTES, 18 * PIECE_BYTES),
    15 * PIECE_BYTES,
  );
  world.untilOver(listener);
  assertWhole(listener, FILE);
  assert.equal(listener.order[0], 10);
  assert.equal(listener.order.length, 33 - 13);
  assert.deepEqual(listener.reports.at(-1), { kind: "complete", checked: false });
  const { counts } = world.datagrams.path(source.at.ip, listener.at.ip);
  assert.ok(counts.sent < 21 * 224, `${counts.sent} packets`);
});

Deno.test("listeners: a whole file that is there is complete without asking anybody", () => {
  const world = new TransferWorld();
  const have = Array.from({ length: 33 }, (_, piece) => piece);
  const listener = world.listener(FILE, [], { have });
  assert.deepEqual(listener.reports, [{ kind: "complete", checked: false }]);
});

Deno.test("listeners: one with a limit gets no more than that, and the whole when it is gone", () => {
  const { world, source, listener } = start();
  listener.host.feed({ kind: "limit", limit: 200_000 });
  world.timeline.run(3 * SECOND);
  const { counts } = world.datagrams.path(source.at.ip, listener.at.ip);
  const before = counts.sent;
  world.timeline.run(5 * SECOND);
  const rate = (counts.sent - before) * 1196 / 5;
  assert.ok(rate > 180_000 && rate < 206_000, `${rate} bytes a second`);
  // What is shown may miss one of ten parts of a second, and a packet.
  assert.ok(Math.abs(listener.machine.status(world.now).rate - 200_000) < 22_000);
  listener.host.feed({ kind: "limit", limit: null });
  const at = world.now;
  world.untilOver(listener);
  assertWhole(listener, FILE);
  assert.ok(listener.endAt - at < 4 * SECOND, `${listener.endAt - at} ms`);
});

Deno.test("listeners: a limit that comes in the middle slows the rest, and stops nothing", () => {
  const { world, source, listener } = start();
  const { counts } = world.datagrams.path(source.at.ip, listener.at.ip);
  const megabytes = () => counts.sent * 1196 / 1e6;
  while (megabytes() < 3) world.timeline.run(10);
  listener.host.feed({ kind: "limit", limit: 200_000 });
  world.timeline.run(SECOND / 2);
  const before = counts.sent;
  world.timeline.run(2 * SECOND);
  const rate = (counts.sent - before) * 1196 / 2;
  assert.ok(rate > 170_000 && rate < 215_000, `${rate} bytes a second`);
  assert.equal(listener.reports.filter(({ kind }) => kind === "source_lost").length, 0);
});
