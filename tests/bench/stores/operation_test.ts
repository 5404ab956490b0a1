import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { each, operationRate } from "./operation.ts";

Deno.test("a rate counts what was done at once, until the time is over", async () => {
  let now = 0;
  const firsts: number[] = [];
  const operation = (first: number) => {
    firsts.push(first);
    now += 100;
  };
  strictEqual(await operationRate(operation, 5, 250, () => now), 50);
  deepStrictEqual(firsts, [0, 5, 10]);
});

Deno.test("what takes time is waited for before the next is begun", async () => {
  let now = 0;
  let under = 0;
  let most = 0;
  const operation = async () => {
    most = Math.max(most, ++under);
    await Promise.resolve();
    now += 100;
    under--;
  };
  strictEqual(await operationRate(operation, 1, 300, () => now), 10);
  strictEqual(most, 1);
});

Deno.test("one operation for each record, and a promise only where there is one to wait for", async () => {
  const offsets: number[] = [];
  strictEqual(each(3, (offset) => void offsets.push(offset)), undefined);
  deepStrictEqual(offsets, [0, 1, 2]);
  let done = 0;
  await each(2, async () => {
    await Promise.resolve();
    done++;
  });
  strictEqual(done, 2);
});
