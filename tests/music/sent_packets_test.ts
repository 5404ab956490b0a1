import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { SentPackets } from "../../lib/music/sent_packets.ts";
import { TRANSFER_LIMITS } from "../../lib/music/transfer_limits.ts";

/** Round trip and its variation in these tests, milliseconds. */
const ROUND_TRIP = 40;

function watched() {
  const acked: number[] = [];
  const lost: number[] = [];
  const sent = new SentPackets({
    acked: (_, chunk) => void acked.push(chunk),
    lost: (_, chunk) => void lost.push(chunk),
  });
  return { sent, acked, lost };
}

Deno.test("sent packets: count what is under way, delivered and lost", () => {
  const { sent, acked } = watched();
  for (let chunk = 1; chunk <= 5; chunk++) {
    assert.equal(sent.add(0, chunk, 100, false, chunk), chunk);
  }
  assert.equal(sent.underWay, 500);
  assert.equal(sent.lastSentAt, 5);
  assert.ok(sent.ack(1, 2, 50));
  assert.ok(!sent.ack(1, 2, 50), "no news");
  assert.deepEqual(acked, [1, 2]);
  assert.deepEqual([sent.underWay, sent.delivered, sent.largest], [300, 200, 2]);
  assert.equal(sent.flightTime, 49 + 48);
});

Deno.test("sent packets: one that was overtaken is lost when its time has passed", () => {
  const { sent, lost } = watched();
  for (let chunk = 1; chunk <= 5; chunk++) sent.add(0, chunk, 100, false, chunk);
  sent.ack(3, 4, 45);
  const at = sent.detectLosses(ROUND_TRIP, 0, 45);
  assert.equal(at, 1 + ROUND_TRIP + ROUND_TRIP / 8);
  assert.deepEqual(lost, []);
  assert.equal(sent.detectLosses(ROUND_TRIP, 0, 47), null, "5 was overtaken by none");
  assert.deepEqual(lost, [1, 2]);
  assert.deepEqual([sent.underWay, sent.lostBytes], [100, 200]);
});

Deno.test("sent packets: one that was late only is no loss, and teaches patience", () => {
  const { sent, acked } = watched();
  for (let chunk = 1; chunk <= 60; chunk++) sent.add(0, chunk, 100, false, 0);
  sent.ack(60, 60, 40);
  sent.detectLosses(ROUND_TRIP, 0, 100);
  assert.equal(sent.lostBytes, 5900);
  assert.equal(sent.underWay, 0);
  sent.ack(1, 59, 101);
  assert.equal(sent.lostBytes, 0);
  assert.equal(sent.spurious, 59);
  assert.equal(sent.delivered, 6000);
  assert.equal(acked.length, 60);
  sent.add(0, 1, 100, false, 200);
  sent.add(0, 2, 100, false, 200);
  sent.ack(62, 62, 240);
  assert.ok(sent.detectLosses(ROUND_TRIP, 0, 240)! > 200 + 1.5 * ROUND_TRIP);
});

Deno.test("sent packets: a number that was never sent is refused", () => {
  const { sent } = watched();
  assert.throws(() => sent.ack(1, 1, 0), RangeError);
  sent.add(0, 0, 100, false, 0);
  assert.throws(() => sent.ack(1, 2, 0), RangeError);
});

Deno.test("sent packets: the oldest can be given up, and memory is bounded", () => {
  const { sent, lost } = watched();
  while (sent.hasRoom) sent.add(0, sent.next, 10, false, 0);
  assert.equal(sent.next - 1, TRANSFER_LIMITS.packetsUnderWay);
  sent.loseOldest(2);
  assert.deepEqual(lost, [1, 2]);
  assert.ok(sent.hasRoom);
  sent.loseOldest(1_000_000);
  assert.equal(sent.underWay, 0);
  sent.ack(1, sent.next - 1, 5);
  assert.equal(sent.lostBytes, 0);
});

Deno.test("sent packets: each is acknowledged once, whatever acknowledgements repeat or leave out", () => {
  const random = seededRandom(6);
  const below = (count: number) => Math.floor(random() * count);
  for (let run = 0; run < 40; run++) {
    const { sent, acked } = watched();
    const known = new Set<number>();
    let now = 0;
    for (let step = 0; step < 300; step++) {
      now += 1 + below(20);
      for (let more = below(20); more > 0; more--) sent.add(0, sent.next % 65_535, 1, false, now);
      if (sent.next === 1) continue;
      // Mostly from the beginning on, as receivers do that miss nothing.
      const low = below(3) > 0 ? 1 : 1 + below(sent.next - 1);
      const high = low + below(sent.next - low);
      const news = Array.from({ length: high - low + 1 }, (_, at) => low + at)
        .filter((number) => !known.has(number));
      const before = acked.length;
      sent.ack(low, high, now);
      assert.deepEqual(acked.slice(before), news);
      for (const number of news) known.add(number);
      if (below(4) === 0) sent.detectLosses(ROUND_TRIP, 0, now);
      assert.equal(sent.delivered, known.size);
      assert.equal(sent.largest, Math.max(...known));
    }
  }
});
