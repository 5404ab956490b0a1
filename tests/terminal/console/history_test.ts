import { strict as assert } from "node:assert";
import { History } from "../../../lib/terminal/console/history.ts";

Deno.test("goes back, forth and to the draft", () => {
  const history = new History();
  assert.equal(history.older("x"), null);
  assert.equal(history.newer(), null);
  history.add("a");
  history.add("b");
  assert.equal(history.older("draft"), "b");
  assert.equal(history.older("b edited"), "a");
  assert.equal(history.older("a"), null);
  assert.equal(history.newer(), "b");
  assert.equal(history.newer(), "draft");
  assert.equal(history.newer(), null);
});

Deno.test("a line is there once, as the newest; blank lines are not", () => {
  const history = new History();
  for (const line of ["a", "b", "a", "", "  "]) history.add(line);
  assert.deepEqual([history.older(""), history.older(""), history.older("")], ["a", "b", null]);
});

Deno.test("the oldest lines give way", () => {
  const history = new History(2);
  for (const line of ["a", "b", "c"]) history.add(line);
  assert.deepEqual([history.older(""), history.older(""), history.older("")], ["c", "b", null]);
});
