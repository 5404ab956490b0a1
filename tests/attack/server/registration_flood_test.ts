import { strict as assert } from "node:assert";
import { LIMITS } from "../../../lib/base/limits.ts";
import { MIB } from "../../../lib/base/units.ts";
import { conduct, summary } from "../conduct.ts";
import { registrationFlood } from "./registration_flood.ts";

Deno.test("one address fills its share of the rendezvous and no more; others still register", async () => {
  const report = await conduct(registrationFlood);
  console.log(summary(report));
  const { observed, counted, memory } = report;
  assert.equal(observed.entered, LIMITS.recordsPerOwner);
  assert.equal(
    counted.get('prosa_requests_refused_total{code="full"}'),
    observed["closed without a word"],
  );
  assert.ok(memory.most - memory.before < 256 * MIB, `${memory.most}`);
});
