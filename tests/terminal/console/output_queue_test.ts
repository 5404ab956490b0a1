import { strict as assert } from "node:assert";
import { OutputQueue } from "../../../lib/terminal/console/output_queue.ts";

const ALL = 1_000_000;

Deno.test("lines leave in order, in batches", () => {
  const queue = new OutputQueue(String);
  for (const line of ["ab", "cd", "ef"]) queue.push(line);
  assert.deepEqual(queue.take(3), ["ab", "cd"]);
  queue.release();
  assert.deepEqual(queue.take(1), ["ef"]);
  assert(queue.isEmpty);
});

Deno.test("what has no room is dropped and counted once, where it is missing", () => {
  const queue = new OutputQueue((count) => `-${count}`, 10);
  for (let i = 0; i < 15; i++) queue.push(`é${i % 10}`);
  assert.deepEqual(queue.take(1), ["é0"]);
  queue.push("x");
  assert.deepEqual(queue.take(3), ["é1"]);
  queue.push("y");
  assert.deepEqual(queue.take(ALL), ["é2", "-13", "y"]);
});

Deno.test("the count follows at the end where nothing else does", () => {
  const queue = new OutputQueue((count) => `-${count}`, 4);
  for (const line of ["abcd", "e", "f"]) queue.push(line);
  assert.deepEqual(queue.take(ALL), ["abcd"]);
  assert.deepEqual(queue.take(ALL), ["-2"]);
  assert(queue.isEmpty);
});

Deno.test("drained waits for what was queued before and for no more", async () => {
  const queue = new OutputQueue(String);
  await queue.drained();
  queue.push("a");
  let isDrained = false;
  const drained = queue.drained().then(() => isDrained = true);
  queue.push("b");
  queue.take(1);
  await Promise.resolve();
  assert(!isDrained);
  queue.release();
  await drained;
});

Deno.test("closing lets go of those who wait and takes nothing more", async () => {
  const queue = new OutputQueue(String);
  queue.push("a");
  const drained = queue.drained();
  queue.close();
  await drained;
  queue.push("b");
  assert(queue.isEmpty);
  await queue.drained();
});
