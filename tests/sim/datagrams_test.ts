import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { type DatagramPlan, USUAL_DATAGRAMS } from "./datagram_path.ts";
import { Datagrams } from "./datagrams.ts";
import { Timeline } from "./timeline.ts";

const A = { ip: "10.0.0.1", port: 6000 };
const B = { ip: "10.0.0.2", port: 6000 };

/** Sends `count` numbered datagrams of `size` bytes, `every` ms; what arrived, and when. */
function run(plan: Partial<DatagramPlan>, { count = 2000, size = 100, every = 1 } = {}) {
  const timeline = new Timeline();
  const datagrams = new Datagrams(
    timeline,
    seededRandom(1),
    () => ({ ...USUAL_DATAGRAMS, ...plan }),
  );
  const got: { number: number; at: number }[] = [];
  datagrams.bind(B, (_, bytes, at) => {
    assert.equal(bytes.length, size);
    got.push({ number: new DataView(bytes.buffer).getUint32(0), at });
  });
  const bytes = new Uint8Array(size);
  for (let number = 0; number < count; number += 1) {
    timeline.after(number * every, () => {
      new DataView(bytes.buffer).setUint32(0, number);
      datagrams.send(A, B, bytes);
    });
  }
  timeline.run(count * every + 10_000);
  return { got, counts: datagrams.path(A.ip, B.ip).counts };
}

const inOrder = (got: { number: number }[]) =>
  got.every(({ number }, index) => index === 0 || got[index - 1]!.number <= number);

Deno.test("a good path delivers every datagram once, in order, after its delay", () => {
  const { got } = run({ delay: 20 });
  assert.deepEqual(got.map(({ number }) => number), Array.from({ length: 2000 }, (_, n) => n));
  assert.ok(got.every(({ number, at }) => at === number + 20));
});

Deno.test("loss, duplication and reordering come in their shares", () => {
  const { got, counts } = run({ loss: 0.1, duplication: 0.05, reordering: 0.02, lateBy: 10 });
  assert.equal(got.length, 2000 - counts.lost + counts.duplicated);
  assert.ok(Math.abs(counts.lost / 2000 - 0.1) < 0.03, `${counts.lost}`);
  assert.ok(Math.abs(counts.duplicated / 1800 - 0.05) < 0.02, `${counts.duplicated}`);
  assert.ok(!inOrder(got));
});

Deno.test("jitter above the spacing changes the order, below it does not", () => {
  assert.ok(inOrder(run({ jitter: 0.9 }).got));
  assert.ok(!inOrder(run({ jitter: 10 }).got));
});

Deno.test("a bottleneck delays up to its queue and drops what comes on top", () => {
  const { got, counts } = run({ bandwidth: 50, queueBytes: 5000 });
  assert.equal(counts.lost, 0);
  assert.ok(Math.abs(counts.overflowed / 2000 - 0.5) < 0.05, `${counts.overflowed}`);
  const most = Math.max(...got.map(({ number, at }) => at - number));
  assert.ok(most > 110 && most <= 120, `${most}`);
});

Deno.test("nobody gets what goes to a closed socket; an address is bound once", () => {
  const timeline = new Timeline();
  const datagrams = new Datagrams(timeline, seededRandom(1), () => USUAL_DATAGRAMS);
  datagrams.bind(B, () => assert.fail("closed"));
  assert.throws(() => datagrams.bind(B, () => {}), /taken/);
  datagrams.send(A, B, new Uint8Array(1));
  datagrams.unbind(B);
  timeline.run(1000);
});
