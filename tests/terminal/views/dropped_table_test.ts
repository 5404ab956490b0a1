import { deepEqual, equal } from "node:assert/strict";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { droppedTable } from "../../../lib/terminal/views/dropped_table.ts";

Deno.test("dropped: everything that the systems count, a row each", () => {
  const call = { malformed: 3, foreign: 4, unasked: 5, busy: 6, flooded: 7, withheld: 8 };
  const dropped = { connections: 1, chat: 2, call, music: 9 };
  const lines = droppedTable(dropped, { say: translator("en"), columns: 80 });
  deepEqual(lines.map((line) => /\d+$/.exec(line)?.[0]), [..."123456789"]);
  equal(new Set(lines.map((line) => line.replace(/\d+$/, ""))).size, lines.length);
});
