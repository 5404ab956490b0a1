import assert from "node:assert/strict";
import { Ringer } from "../../lib/terminal/ringer.ts";

Deno.test("ringer: at once, again and again, until it is told to stop", () => {
  let bells = 0;
  let again: (() => void) | null = null;
  const ringer = new Ringer(() => bells += 1, (callback) => {
    again = callback;
    return () => again = null;
  });
  ringer.ringing = false;
  assert.equal(bells, 0);
  ringer.ringing = true;
  ringer.ringing = true;
  assert.equal(bells, 1);
  again!();
  assert.equal(bells, 2);
  ringer.ringing = false;
  assert.equal(again, null);
  ringer.ringing = true;
  assert.equal(bells, 3);
  ringer.ringing = false;
});
