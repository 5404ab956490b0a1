/**
 * Several listeners of one source: fair shares of a limit, and of a bottleneck.
 *
 * @module
 */
import assert from "node:assert/strict";
import { MIB, SECOND } from "../../../lib/base/units.ts";
import { sampleFile } from "./sample_file.ts";
import { TransferWorld } from "./transfer_world.ts";

const FILE = sampleFile(16 * MIB);

/** How even shares are: 1 where all are the same, 1/n where one has everything (Jain). */
function fairness(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  return sum ** 2 / (shares.length * shares.reduce((total, share) => total + share ** 2, 0));
}

Deno.test("sharing: a limit on the upload holds, and is shared evenly", () => {
  const world = new TransferWorld({ path: { delay: 25, bandwidth: 5000 } });
  const source = world.source([FILE], { limit: 1_000_000 });
  const listeners = Array.from({ length: 4 }, () => world.listener(FILE, [source]));
  world.timeline.run(2 * SECOND);
  const before = source.machine.status().map(({ sentBytes }) => sentBytes);
  world.timeline.run(5 * SECOND);
  const sent = new Map(source.machine.status().map(({ stream, sentBytes }) => [stream, sentBytes]));
  assert.equal(sent.size, listeners.length);
  const total = [...sent.values()].reduce((sum, bytes) => sum + bytes, 0) -
    before.reduce((sum, bytes) => sum + bytes, 0);
  assert.ok(total > 4_800_000 && total < 5_050_000, `${total} bytes in 5 s`);
  const shares = listeners.map(({ machine }) => machine.status(world.now).receivedBytes);
  assert.ok(fairness(shares) > 0.98, shares.join(" "));
});

Deno.test("sharing: a call takes the upload down at once, and its end gives it back", () => {
  const world = new TransferWorld({ path: { delay: 25, bandwidth: 5000 } });
  const source = world.source([FILE]);
  const listener = world.listener(FILE, [source]);
  const { counts } = world.datagrams.path(source.at.ip, listener.at.ip);
  const rateOver = (time: number) => {
    const before = counts.sent;
    world.timeline.run(time);
    return (counts.sent - before) * 1196 / time;
  };
  world.timeline.run(SECOND);
  assert.ok(rateOver(500) > 4500);
  source.host.feed({ kind: "limit", limit: 250_000 });
  assert.ok(rateOver(100) < 500, "it does not give way at once");
  const slow = rateOver(2000);
  assert.ok(slow > 235 && slow < 255, `${slow} bytes a millisecond`);
  source.host.feed({ kind: "limit", limit: null });
  world.timeline.run(200);
  assert.ok(rateOver(500) > 4500, "it does not come back");
});

Deno.test("sharing: streams through one bottleneck get even shares and lose little", () => {
  const world = new TransferWorld({ path: { delay: 25, bandwidth: 5000, queueBytes: 256 * 1024 } });
  const source = world.source([FILE]);
  const listeners = Array.from({ length: 3 }, () => world.listener(FILE, [source]));
  // One path for all of them, as behind one modem.
  const shared = world.datagrams.path(source.at.ip, listeners[0]!.at.ip);
  const path = world.datagrams.path.bind(world.datagrams);
  world.datagrams.path = (from, to) => from === source.at.ip ? shared : path(from, to);
  world.timeline.run(SECOND);
  const before = listeners.map(({ machine }) => machine.status(world.now).receivedBytes);
  world.timeline.run(4 * SECOND);
  const got = listeners.map(({ machine }, at) =>
    machine.status(world.now).receivedBytes - before[at]!
  );
  assert.ok(fairness(got) > 0.8, got.join(" "));
  const total = got.reduce((sum, bytes) => sum + bytes, 0);
  assert.ok(total > 0.93 * 5000 * 4 * SECOND, `${total} bytes`);
  const { sent, overflowed } = shared.counts;
  assert.ok(overflowed < 0.1 * sent, `${overflowed} of ${sent} dropped`);
});
