import { strict as assert } from "node:assert";
import { conduct, summary } from "../conduct.ts";
import { junk } from "./junk.ts";

Deno.test("whatever bytes come are answered as the protocol says, or not at all", async () => {
  const report = await conduct(junk);
  console.log(summary(report));
  const { counted } = report;
  for (
    const code of ["bad_instruction", "bad_user", "invalid_json", "missing_type", "bad_files"]
      .concat("unknown_command", "bad_port", "bad_query", "nome_invalido", "line_too_long")
  ) {
    const count = counted.get(`prosa_requests_refused_total{code="${code}"}`) ?? 0;
    assert.ok(count > 0, code);
  }
  assert.equal(counted.get("prosa_bugs_total"), undefined);
});
