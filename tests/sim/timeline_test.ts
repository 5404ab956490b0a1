import assert from "node:assert/strict";
import { Timeline } from "./timeline.ts";

Deno.test("virtual time jumps from event to event and stops where it was told", () => {
  const timeline = new Timeline();
  const seen: [string, number][] = [];
  timeline.after(30, (now) => seen.push(["late", now]));
  timeline.after(10, (now) => {
    seen.push(["early", now]);
    timeline.after(5, (then) => seen.push(["nested", then]));
    timeline.at(0, { fire: (then) => seen.push(["past", then]) });
  });
  timeline.run(20);
  assert.deepEqual(seen, [["early", 10], ["past", 10], ["nested", 15]]);
  assert.equal(timeline.now, 20);
  timeline.runUntil(30);
  assert.deepEqual(seen.at(-1), ["late", 30]);
});

Deno.test("waiting for a condition ends with the event that makes it true, or at the end", () => {
  const timeline = new Timeline();
  let done = false;
  timeline.after(7, () => done = true);
  timeline.after(9, () => assert.fail("too far"));
  assert.equal(timeline.runUntilTrue(() => done, 100), true);
  assert.equal(timeline.now, 7);
  const other = new Timeline();
  assert.equal(other.runUntilTrue(() => false, 100), false);
  assert.equal(other.now, 100);
});
