import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { PathLoss } from "../../lib/media/path_loss.ts";
import { ReceptionStatistics } from "../../lib/media/reception_statistics.ts";

/** Seconds of a path with this loss, reported each second; whether copies were sent in each. */
function seconds(path: PathLoss, losses: readonly number[]): boolean[] {
  const random = seededRandom(5);
  const reception = new ReceptionStatistics();
  let sequence = 65_400;
  return losses.map((loss, second) => {
    for (let n = 0; n < 50; n++, sequence++) {
      const copies = path.duplicating ? 2 : 1;
      path.sent(sequence & 0xffff, copies);
      let came = 0;
      for (let copy = 0; copy < copies; copy++) if (random() >= loss) came += 1;
      if (came > 0) reception.arrived(sequence, 0, 0);
      if (came > 1) reception.copied();
    }
    path.reported(reception.report(), second * 1000);
    return path.duplicating;
  });
}

Deno.test("path loss: copies are sent above 10 %, and as long as the path is bad", () => {
  const path = new PathLoss();
  const good = seconds(path, Array(20).fill(0.02));
  assert.ok(!good.includes(true));
  const bad = new PathLoss();
  const sent = seconds(bad, Array(30).fill(0.25));
  assert.ok(sent.indexOf(true) <= 2);
  assert.ok(!sent.slice(3).includes(false));
  assert.ok(bad.loss! > 0.15 && bad.loss! < 0.35, `${bad.loss}`);
});

Deno.test("path loss: when the path is good again, copies end", () => {
  const sent = seconds(new PathLoss(), [...Array(10).fill(0.3), ...Array(10).fill(0)]);
  assert.ok(sent[9]);
  assert.ok(!sent[19]);
});

Deno.test("path loss: reports out of order, and of what was never sent, say nothing", () => {
  const path = new PathLoss();
  path.reported({ highestSequence: 5, lost: 0 }, 0);
  for (let n = 0; n < 100; n++) path.sent(n, 1);
  path.reported({ highestSequence: 20, lost: 0 }, 1);
  path.reported({ highestSequence: 60, lost: 20 }, 2);
  assert.equal(path.loss, 0.5);
  path.reported({ highestSequence: 40, lost: 40 }, 3);
  path.reported({ highestSequence: 2000, lost: 0 }, 4);
  path.reported({ highestSequence: 60, lost: 60 }, 5);
  assert.equal(path.loss, 0.5);
});

Deno.test("path loss: without reports, the loss of what arrives is the guess", () => {
  const path = new PathLoss();
  assert.equal(path.loss, null);
  path.unreported(0.4, 0);
  assert.ok(path.duplicating);
  for (let n = 0; n < 100; n++) path.sent(n, 1);
  path.reported({ highestSequence: 40, lost: 0 }, 1000);
  path.reported({ highestSequence: 90, lost: 0 }, 2000);
  const known = path.loss;
  path.unreported(0.9, 6000);
  assert.equal(path.loss, known);
  path.unreported(0.9, 8000);
  assert.ok(path.loss! > known!);
});
