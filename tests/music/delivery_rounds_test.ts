import assert from "node:assert/strict";
import { DeliveryRounds } from "../../lib/music/delivery_rounds.ts";
import { SentPackets } from "../../lib/music/sent_packets.ts";

function begun() {
  const sent = new SentPackets({ acked: () => {}, lost: () => {} });
  const rounds = new DeliveryRounds(sent);
  rounds.begin(0);
  return { sent, rounds };
}

Deno.test("delivery rounds: one ends when a packet of its own time is acknowledged", () => {
  const { sent, rounds } = begun();
  for (let n = 0; n < 10; n++) sent.add(0, n, 1000, false, n);
  sent.ack(1, 1, 50);
  rounds.roundTrip(50);
  const first = rounds.end(50);
  assert.deepEqual(first, {
    ...{ rate: 20, lossShare: 0, limited: false, leastRoundTrip: 50, flightTime: 50 },
  });
  for (let n = 0; n < 10; n++) sent.add(0, n, 1000, false, 51 + n);
  sent.ack(2, 10, 60);
  assert.equal(rounds.end(60), null, "those were sent before it began");
  sent.ack(11, 11, 100);
  assert.equal(rounds.end(100)?.rate, 200);
});

Deno.test("delivery rounds: are not shorter than acknowledgements take to bunch", () => {
  const { sent, rounds } = begun();
  sent.add(0, 0, 1000, false, 0);
  sent.ack(1, 1, 1);
  assert.equal(rounds.end(1), null);
  assert.notEqual(rounds.end(10), null);
});

Deno.test("delivery rounds: know their losses, and whether there was always something to send", () => {
  const { sent, rounds } = begun();
  for (let n = 0; n < 10; n++) sent.add(0, n, 1000, false, 0);
  sent.loseOldest(4);
  sent.ack(5, 10, 50);
  const round = rounds.end(50);
  assert.equal(round?.lossShare, 0.4);
  assert.equal(round?.limited, false);
  rounds.limited();
  sent.add(0, 0, 1000, false, 60);
  sent.ack(11, 11, 110);
  assert.equal(rounds.end(110)?.limited, true, "its time began with nothing to send");
  sent.add(0, 0, 1000, false, 111);
  sent.ack(12, 12, 160);
  assert.equal(rounds.end(160)?.limited, false);
});
