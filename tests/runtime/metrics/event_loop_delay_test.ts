import { strict as assert } from "node:assert";
import { EventLoopDelay } from "../../../lib/runtime/metrics/event_loop_delay.ts";

Deno.test("the largest delay of the last 60 ticks is told, early ticks are no delay", () => {
  let now = 1000;
  using delay = new EventLoopDelay(() => now);
  const tick = (late: number) => {
    now += 250 + late;
    delay.tick();
  };
  assert.equal(delay.largest, 0);
  tick(40);
  tick(-20);
  tick(5);
  assert.equal(delay.largest, 40);
  for (let count = 0; count < 57; count += 1) tick(0);
  assert.equal(delay.largest, 40);
  tick(0);
  assert.equal(delay.largest, 5, "the first tick is forgotten");
});
