import { strict as assert } from "node:assert";
import { conduct, summary } from "../conduct.ts";
import { escapes } from "./escapes.ts";

Deno.test("nothing that a terminal obeys gets to the server's screen, its log or others", async () => {
  const report = await conduct(escapes);
  console.log(summary(report));
  assert.deepEqual(report.observed, {
    // Six of each name with a control character, and what is no request at all.
    refused: 42,
    "told to others": 0,
    "lines obeyed on the screen": 0,
    "lines obeyed in the log": 0,
  });
  assert.ok(report.counted.get('prosa_requests_refused_total{code="bad_user"}')! > 0);
});
