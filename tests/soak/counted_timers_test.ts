import { strict as assert } from "node:assert";
import { countTimers } from "./counted_timers.ts";

Deno.test("timers count from when they are set until they fire or are cleared", async () => {
  const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
  try {
    const count = countTimers();
    const fired = Promise.withResolvers<string>();
    globalThis.setTimeout((word: string) => fired.resolve(word), 0, "fired");
    const waiting = globalThis.setTimeout(() => {}, 60_000);
    const again = globalThis.setInterval(() => {}, 60_000);
    assert.equal(count(), 3);
    assert.equal(await fired.promise, "fired");
    assert.equal(count(), 2);
    globalThis.clearTimeout(waiting);
    globalThis.clearTimeout(waiting);
    globalThis.clearInterval(again);
    globalThis.clearTimeout(undefined);
    assert.equal(count(), 0);
  } finally {
    Object.assign(globalThis, { setTimeout, setInterval, clearTimeout, clearInterval });
  }
});
