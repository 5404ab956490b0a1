import { strict as assert } from "node:assert";
import { CodeCounts } from "../../../lib/runtime/metrics/code_counts.ts";

Deno.test("codes are counted each by itself", () => {
  const counts = new CodeCounts();
  for (const code of ["full", "bad_name", "full"]) counts.add(code);
  assert.deepEqual([...counts.entries()], [["full", 2], ["bad_name", 1]]);
});

Deno.test("what is no code is counted without being shown", () => {
  const counts = new CodeCounts();
  for (const text of ["", "Ana", "a b", 'a"', "a\n", "ção", "a".repeat(41)]) counts.add(text);
  assert.deepEqual([...counts.entries()], [["other", 7]]);
});

Deno.test("any number of codes takes a bounded memory", () => {
  const counts = new CodeCounts();
  for (let code = 0; code < 100_000; code += 1) counts.add(`code_${code}`);
  const entries = new Map(counts.entries());
  assert.equal(entries.size, 129);
  assert.equal([...entries.values()].reduce((sum, count) => sum + count, 0), 100_000);
});
