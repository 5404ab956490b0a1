import { equal } from "node:assert/strict";
import { elapsedTime } from "../../../lib/terminal/text/elapsed_time.ts";

Deno.test("elapsedTime: minutes and seconds, with hours where there are any", () => {
  const rows = [
    [0, "0:00"],
    [-5, "0:00"],
    [999, "0:00"],
    [7_000, "0:07"],
    [59_999, "0:59"],
    [723_000, "12:03"],
    [3_600_000, "1:00:00"],
    [3_723_000, "1:02:03"],
    [360_000_000, "100:00:00"],
  ] as const;
  for (const [ms, shown] of rows) equal(elapsedTime(ms), shown);
});
