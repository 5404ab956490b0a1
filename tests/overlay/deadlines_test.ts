import assert from "node:assert/strict";
import { seededRandom } from "../../lib/base/random.ts";
import { type Deadline, Deadlines } from "../../lib/overlay/deadlines.ts";

Deno.test("deadlines run in order of time, equal ones as they were set", () => {
  const deadlines = new Deadlines();
  const ran: string[] = [];
  for (const [at, name] of [[5, "c"], [1, "a"], [5, "d"], [3, "b"], [9, "e"]] as const) {
    deadlines.set(at, () => ran.push(name));
  }
  assert.equal(deadlines.next(), 1);
  deadlines.runDue(5);
  assert.deepEqual(ran, ["a", "b", "c", "d"]);
  assert.equal(deadlines.next(), 9);
});

Deno.test("what is cancelled does not run, and cancelling it again is harmless", () => {
  const deadlines = new Deadlines();
  const first = deadlines.set(1, () => assert.fail());
  deadlines.cancel(first);
  deadlines.cancel(first);
  deadlines.cancel(null);
  assert.equal(deadlines.next(), null);
  deadlines.runDue(10);
});

Deno.test("what is set while others run is run too, where it is due", () => {
  const deadlines = new Deadlines();
  let runs = 0;
  const again = (now: number) => {
    runs += 1;
    if (runs < 5) deadlines.set(now, again);
  };
  deadlines.set(1, again);
  deadlines.runDue(1);
  assert.equal(runs, 5);
});

Deno.test("thousands set and cancelled at random come up as in a sorted list", () => {
  const random = seededRandom(3);
  const deadlines = new Deadlines();
  const open = new Map<Deadline, number>();
  const ran: number[] = [];
  for (let step = 0; step < 20_000; step += 1) {
    const at = Math.floor(random() * 1e6);
    const deadline: Deadline = deadlines.set(at, () => ran.push(at));
    open.set(deadline, at);
    if (random() < 0.7) {
      const [some] = open.keys();
      open.delete(some!);
      deadlines.cancel(some!);
    }
  }
  deadlines.runDue(1e6);
  assert.deepEqual(ran, [...open.values()].sort((one, other) => one - other));
  assert.equal(deadlines.next(), null);
});
