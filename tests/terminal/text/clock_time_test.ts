import { strict as assert } from "node:assert";
import { clockTime } from "../../../lib/terminal/text/clock_time.ts";

Deno.test("hours, minutes and seconds of the local clock, two digits each", () => {
  assert.equal(clockTime(new Date(2026, 0, 2, 3, 4, 5).getTime()), "03:04:05");
  assert.equal(clockTime(new Date(2026, 11, 31, 23, 59, 59, 999).getTime()), "23:59:59");
});
