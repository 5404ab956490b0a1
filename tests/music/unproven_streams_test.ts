import assert from "node:assert/strict";
import { TRANSFER_LIMITS } from "../../lib/music/transfer_limits.ts";
import { nextGreeting, UnprovenStreams } from "../../lib/music/unproven_streams.ts";
import { parseTransferPacket } from "../../lib/protocol/music/transfer_packets.ts";

const FILE = { id: "5".repeat(64), name: "a.mp3", size: 1, digests: new Uint8Array(32) };

function asked(stream: number, ip = "192.0.2.1") {
  return { stream, token: 9, to: { ip, port: 7000 }, file: FILE, offset: 0 };
}

/** As a source does it: remembers, and greets. */
function add(streams: UnprovenStreams, stream: number, ip: string, now: number): void {
  nextGreeting(streams.add(asked(stream, ip)), now);
}

Deno.test("unproven streams: an address that floods pushes out its own only", () => {
  const streams = new UnprovenStreams();
  add(streams, 1, "192.0.2.1", 0);
  for (let n = 0; n < 1000; n++) add(streams, 100 + n, "192.0.2.66", n);
  assert.equal(streams.size, 1 + TRANSFER_LIMITS.unprovenPerIp);
  assert.ok(streams.find(1));
  assert.equal(streams.find(100), undefined);
  assert.ok(streams.find(1099));
});

Deno.test("unproven streams: a flood from everywhere stays within the cap, and the oldest goes", () => {
  const streams = new UnprovenStreams();
  for (let n = 0; n < 1000; n++) add(streams, n, `10.0.${n >> 8}.${n & 255}`, n);
  assert.equal(streams.size, TRANSFER_LIMITS.unprovenStreams);
  assert.equal(streams.find(0), undefined);
  assert.ok(streams.find(999));
});

Deno.test("unproven streams: whoever does not answer in time is forgotten", () => {
  const streams = new UnprovenStreams();
  add(streams, 1, "192.0.2.1", 0);
  add(streams, 2, "192.0.2.1", 1000);
  assert.equal(streams.wakeAt(), TRANSFER_LIMITS.proofTime);
  streams.expire(TRANSFER_LIMITS.proofTime);
  assert.deepEqual([streams.find(1), streams.size], [undefined, 1]);
  streams.leave("6".repeat(64));
  assert.equal(streams.size, 1);
  streams.leave(FILE.id);
  assert.deepEqual([streams.size, streams.wakeAt()], [0, Infinity]);
});

Deno.test("unproven streams: pings are numbered, and there is an end of them", () => {
  const stream = new UnprovenStreams().add(asked(5));
  const numbers: number[] = [];
  for (let bytes; (bytes = nextGreeting(stream, 3)) !== null;) {
    const packet = parseTransferPacket(bytes);
    assert.ok(packet.kind === "ping" && packet.stream === 5 && packet.token === 9);
    numbers.push(packet.number);
  }
  assert.deepEqual(numbers, [1, 2, 3, 4, 5, 6]);
});
