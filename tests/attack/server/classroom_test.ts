import { strict as assert } from "node:assert";
import { conduct, summary } from "../conduct.ts";
import { classroom, PEOPLE, RETURNS } from "./classroom.ts";

Deno.test("a classroom behind one address that comes back again and again is never refused", async () => {
  const report = await conduct(classroom);
  console.log(summary(report));
  const { observed, counted } = report;
  assert.equal(observed.connections, 5 * PEOPLE * RETURNS);
  const refusals = [...counted.keys()].filter((name) => name.includes("refused"));
  assert.deepEqual(refusals, []);
});
