import assert from "node:assert/strict";
import { Reports } from "../../lib/media/reports.ts";
import { FIRST_TURN } from "../../lib/media/sequence.ts";
import { parseRtcp } from "../../lib/protocol/rtcp.ts";

const SENDING = { timestamp: 960, packets: 1, bytes: 60 };
const RECEPTION = {
  ssrc: 2,
  clockRate: 48_000,
  fractionLost: 0.25,
  lost: -3,
  highestSequence: FIRST_TURN + 7,
  jitter: 10,
};

Deno.test("reports: one a second, the first after a second", () => {
  const reports = new Reports(1);
  const due = Array.from({ length: 16 }, (_, n) => reports.due(n * 200));
  assert.deepEqual(due.flatMap((yes, n) => yes ? [n] : []), [5, 10, 15]);
});

Deno.test("reports: a report says what RFC 3550 asks for", () => {
  const reports = new Reports(1);
  assert.deepEqual(parseRtcp(reports.write(SENDING, RECEPTION, 2500)), [
    {
      kind: "report",
      ssrc: 1,
      sender: { seconds: 2, fraction: 0x8000_0000, ...SENDING },
      blocks: [{
        ssrc: 2,
        fractionLost: 64,
        lost: -3,
        highestSequence: 7,
        jitter: 480,
        lastReport: 0,
        sinceLastReport: 0,
      }],
    },
    { kind: "name", ssrc: 1, name: "1" },
  ]);
});

Deno.test("reports: the round trip is measured without the time between two reports", () => {
  const one = new Reports(1);
  const other = new Reports(2);
  // One clock is at 70,000 s and wraps its middle 32 bits, the other at an hour; 40 ms there, 25 back.
  const at = 70_000_000;
  const first = one.write(SENDING, null, at);
  assert.equal(other.take(first, 3_600_040), null);
  assert.equal(other.roundTrip, null);
  const answer = other.write(SENDING, { ...RECEPTION, ssrc: 1 }, 3_600_340);
  const block = one.take(answer, at + 40 + 300 + 25);
  assert.equal(block?.ssrc, 1);
  assert.ok(Math.abs(one.roundTrip! - 65) < 0.1, `${one.roundTrip}`);
});

Deno.test("reports: a round trip that cannot be is not believed", () => {
  const one = new Reports(1);
  const lie = new Reports(2);
  lie.take(one.write(SENDING, null, 100_000), 0);
  one.take(lie.write(SENDING, { ...RECEPTION, ssrc: 1 }, 60), 100_030);
  assert.equal(one.roundTrip, 0);
  one.take(lie.write(SENDING, { ...RECEPTION, ssrc: 1 }, 100), 190_000);
  assert.equal(one.roundTrip, 0);
});
