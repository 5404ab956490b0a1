import { strict as assert } from "node:assert";
import { LineQueue } from "../../../lib/terminal/console/line_queue.ts";

Deno.test("lines wait for the reader and the reader for lines", async () => {
  let taken = 0;
  const queue = new LineQueue(() => taken++);
  queue.push("a");
  const reader = queue[Symbol.asyncIterator]();
  assert.equal((await reader.next()).value, "a");
  const next = reader.next();
  queue.push("b");
  assert.equal((await next).value, "b");
  assert.equal(taken, 2);
});

Deno.test("the end comes after what waits, and nothing after the end", async () => {
  const queue = new LineQueue();
  queue.push("a");
  queue.end();
  queue.push("b");
  assert.deepEqual(await Array.fromAsync(queue), ["a"]);
  assert.deepEqual(await Array.fromAsync(queue), []);
});
