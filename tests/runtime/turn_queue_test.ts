import { strict as assert } from "node:assert";
import { TurnQueue } from "../../lib/runtime/turn_queue.ts";

/** Lets who wants to come to a queue, and notes the order in which they go on. */
class Visitors {
  readonly wentOn: string[] = [];
  readonly all: Promise<void>[] = [];

  constructor(readonly queue: TurnQueue<string>) {}

  /** Each visitor is an address and a number: `a1`. */
  come(...visitors: readonly string[]): void {
    for (const who of visitors) {
      this.all.push(
        this.queue.next(who, who[0]!).then(() => {
          this.wentOn.push(who);
          this.queue.left(who);
        }),
      );
    }
  }
}

Deno.test("of those who wait, one of each address goes on before a second of any", async () => {
  const visitors = new Visitors(new TurnQueue(1));
  visitors.come("a1", "a2", "a3", "b1", "c1", "c2");
  await Promise.all(visitors.all);
  assert.deepEqual(visitors.wentOn, ["a1", "b1", "c1", "a2", "c2", "a3"]);
});

Deno.test("so many go on in a turn, and the next when all of them have left", async () => {
  const queue = new TurnQueue<string>(2);
  const wentOn: string[] = [];
  const visits = ["a1", "b1", "c1"].map((who) =>
    queue.next(who, who[0]!).then(() => wentOn.push(who))
  );
  await Promise.all(visits.slice(0, 2));
  assert.deepEqual(wentOn, ["a1", "b1"]);
  queue.left("a1");
  queue.left("b1");
  await visits[2];
  assert.deepEqual(wentOn, ["a1", "b1", "c1"]);
});

Deno.test("who does not come back is not waited for", async () => {
  const queue = new TurnQueue<string>(1);
  await queue.next("a1", "a");
  await queue.next("b1", "b");
});

Deno.test("all go on at once when there is nothing left to share", async () => {
  const queue = new TurnQueue<string>(1);
  const visits = ["a1", "a2", "b1"].map((who) => queue.next(who, who[0]!));
  queue.release();
  await Promise.all(visits);
});
