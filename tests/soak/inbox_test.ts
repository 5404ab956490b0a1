import { strict as assert } from "node:assert";
import { Inbox } from "./inbox.ts";

const LONG = 60_000;

Deno.test("inbox: each gets the first that they want, from when they ask", async () => {
  const inbox = new Inbox<number>();
  const { signal } = new AbortController();
  inbox.take(4);
  const even = inbox.next((one) => one % 2 === 0, LONG, signal);
  const large = inbox.next((one) => one > 5, LONG, signal);
  for (const one of [1, 2, 6, 8]) inbox.take(one);
  assert.deepEqual(await Promise.all([even, large]), [2, 6]);
});

Deno.test("inbox: nothing comes in time, or is wanted any more", async () => {
  const inbox = new Inbox<number>();
  const gone = new AbortController();
  const given = inbox.next(() => true, LONG, gone.signal);
  gone.abort();
  assert.equal(await given, null);
  assert.equal(await inbox.next(() => true, LONG, gone.signal), null);
  assert.equal(await inbox.next(() => true, 0, new AbortController().signal), null);
});
