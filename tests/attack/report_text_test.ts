import assert from "node:assert/strict";
import { MIB } from "../../lib/base/units.ts";
import type { Report } from "./conduct.ts";
import { reportBlock, reportTable } from "./report_text.ts";

const REPORT: Report = {
  attack: {
    name: "flood",
    deed: "32 connections send requests as fast as they are taken",
    outcome: "all are answered, as fast as one core can",
  },
  observed: { "requests taken": 455_827, refused: 3 },
  counted: new Map([
    ['prosa_connections_ended_total{port="chat",reason="cut"}', 47],
    ["prosa_users", 2],
  ]),
  memory: { before: 77 * MIB, most: 166 * MIB, after: 90 * MIB },
  honest: { before: [4.25], during: [79.3] },
};

Deno.test("an attack at a terminal is a block that fits its columns", () => {
  assert.equal(
    reportBlock(REPORT, 60),
    `  attack   32 connections send requests as fast as they are
           taken
  should   all are answered, as fast as one core can
  seen     requests taken: 455827, refused: 3
  counted  connections ended chat cut: 47
  memory   77, at most 166, then 90 MiB
  p99      4.3 → 79.3 ms for the honest user`,
  );
});

Deno.test("what was not counted has no row in a block", () => {
  const block = reportBlock({ ...REPORT, counted: new Map() }, 60);
  assert.doesNotMatch(block, /counted/);
});

Deno.test("attacks in a pipe are a table in Markdown, a row each", () => {
  const [head, rule, ...rows] = reportTable([REPORT, REPORT]).split("\n");
  assert.match(head!, /^\| attack \| what happens \|/);
  assert.equal(rule, "| --- | --- | --- | --- | --- |");
  assert.deepEqual(new Set(rows).size, 1);
  assert.equal(
    rows[0],
    "| flood: 32 connections send requests as fast as they are taken | all are answered, as fast " +
      "as one core can (requests taken: 455827, refused: 3) | connections ended chat cut: 47 | " +
      "77, at most 166, then 90 | 4.3 → 79.3 |",
  );
});
