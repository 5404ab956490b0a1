import assert from "node:assert/strict";
import { IncomingStream } from "../../lib/music/incoming_stream.ts";
import { TRANSFER_LIMITS } from "../../lib/music/transfer_limits.ts";
import { parseControlMessage } from "../../lib/protocol/music/control_messages.ts";
import { parseTransferPacket } from "../../lib/protocol/music/transfer_packets.ts";

const PLAN = {
  ...{ stream: 9, source: { ip: "10.0.0.1", port: 7000 }, id: "ab".repeat(32) },
  ...{ offset: 0, port: 7100 },
};
const WANTS = { base: 3, have: 0, credit: 35, rate: 0, paused: false, listed: true };

Deno.test("incoming stream: asks at longer and longer intervals, and gives up", () => {
  const stream = new IncomingStream(PLAN, 0);
  const { stream: number, id, offset, port } = PLAN;
  assert.deepEqual(parseControlMessage(stream.ask(0)!), {
    kind: "GET",
    stream: number,
    id,
    offset,
    port,
  });
  const times = [];
  for (; stream.ask(stream.askAgainAt) !== null;) times.push(stream.askAgainAt);
  assert.deepEqual(times, [750, 1750, 3750]);
});

Deno.test("incoming stream: an answer without packets is no reason to stop asking, packets are", () => {
  const stream = new IncomingStream(PLAN, 0);
  stream.ask(0);
  stream.heard(20);
  assert.equal(stream.askAgainAt, TRANSFER_LIMITS.getInterval);
  for (; stream.ask(stream.askAgainAt) !== null;);
  assert.equal(stream.askAgainAt, Infinity, "it is up to the silence of the source now");

  const lucky = new IncomingStream(PLAN, 0);
  lucky.ask(0);
  lucky.heard(20);
  lucky.packet(7, 2, 30);
  assert.equal(lucky.askAgainAt, Infinity);
});

Deno.test("incoming stream: acknowledges the first packet at once, later ones together", () => {
  const stream = new IncomingStream(PLAN, 0);
  stream.ask(0);
  assert.equal(stream.ackAt, Infinity);
  assert.ok(stream.packet(7, 1, 30));
  assert.equal(stream.roundTrip, 30);
  assert.equal(stream.ackAt, 30);
  assert.deepEqual(parseTransferPacket(stream.ack(WANTS, 30)), {
    ...{ kind: "ack", stream: 9, token: 7, delay: 0, ...WANTS, ranges: [{ low: 1, high: 1 }] },
  });
  for (let number = 2; number <= 40; number++) {
    stream.packet(7, number, 40);
    if (stream.ackAt <= 40) stream.ack(WANTS, 40);
  }
  stream.packet(7, 42, 50);
  assert.equal(stream.ackAt, 40 + TRANSFER_LIMITS.ackDelay, "the first of them waits no longer");
  const ack = parseTransferPacket(stream.ack(WANTS, 52.5));
  assert.ok(ack.kind === "ack");
  assert.deepEqual([ack.delay, ack.ranges.length], [2500, 2]);
});

Deno.test("incoming stream: another token than the first is not the stream's", () => {
  const stream = new IncomingStream(PLAN, 0);
  assert.equal(stream.stop("cancelled"), null, "there is nothing to stop");
  assert.ok(stream.packet(7, 1, 0));
  assert.ok(!stream.packet(8, 2, 1));
  assert.ok(stream.knows(7) && !stream.knows(8));
  assert.deepEqual(parseTransferPacket(stream.stop("cancelled")!), {
    ...{ kind: "stop", stream: 9, token: 7, reason: "cancelled" },
  });
});

Deno.test("incoming stream: says that it is there, seldomer and seldomer", () => {
  const stream = new IncomingStream(PLAN, 0);
  stream.packet(7, 1, 0);
  const times: number[] = [];
  for (let n = 0; n < 8; n++) {
    times.push(stream.ackAt);
    stream.ack(WANTS, stream.ackAt);
  }
  assert.deepEqual(times, [0, 50, 150, 350, 750, 1250, 1750, 2250]);
  assert.equal(stream.goneAt, TRANSFER_LIMITS.sourceSilence);
  stream.resumed(10_000);
  assert.equal(stream.ackAt, 2750);
  assert.equal(stream.goneAt, 10_000 + TRANSFER_LIMITS.sourceSilence);
});
