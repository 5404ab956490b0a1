import assert from "node:assert/strict";
import { Pacer } from "../../lib/music/pacer.ts";
import { TRANSFER_LIMITS } from "../../lib/music/transfer_limits.ts";
import { MOST_PACKET_BYTES } from "../../lib/protocol/music/transfer_packets.ts";

/** Sends as much as it may; says how many packets. */
function sendAll(pacer: Pacer, rate: number, now: number): number {
  pacer.refill(rate, now);
  let packets = 0;
  for (; pacer.allows(MOST_PACKET_BYTES); packets++) pacer.spend(MOST_PACKET_BYTES);
  return packets;
}

Deno.test("pacer: keeps to a rate, woken when it asks to be", () => {
  for (const rate of [0.5, 3, 100, 2000, 25_000]) {
    const pacer = new Pacer();
    let packets = 0;
    const end = 1000 * MOST_PACKET_BYTES / rate;
    let wakes = 0;
    for (let now = 0; now < end; now = Math.max(now, pacer.readyAt(rate))) {
      packets += sendAll(pacer, rate, now);
      assert.ok(++wakes < 3000, "it is woken without end");
    }
    assert.ok(packets > 980 && packets < 1005, `${packets} packets at ${rate}`);
  }
});

Deno.test("pacer: makes up for a late timer, within what sockets hold", () => {
  const pacer = new Pacer();
  sendAll(pacer, 25_000, 0);
  assert.ok(sendAll(pacer, 25_000, 1000) <= TRANSFER_LIMITS.mostBurst);
  sendAll(pacer, 100, 2000);
  assert.ok(sendAll(pacer, 100, 9000) <= 3);
});
