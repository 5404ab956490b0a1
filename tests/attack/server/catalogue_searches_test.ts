import { strict as assert } from "node:assert";
import { CATALOGUE_LIMITS } from "../../../lib/directory/catalogue_limits.ts";
import { conduct, summary } from "../conduct.ts";
import { catalogueSearches } from "./catalogue_searches.ts";

Deno.test("one address cannot fill more than its share, nor keep others from searching", async () => {
  const report = await conduct(catalogueSearches);
  console.log(summary(report));
  const { observed, counted, memory } = report;
  const files = Number(observed["files there"]);
  assert.ok(files > CATALOGUE_LIMITS.filesPerNode);
  assert.ok(files * CATALOGUE_LIMITS.fileBytes < CATALOGUE_LIMITS.bytesPerAddress);
  assert.ok(counted.get('prosa_requests_refused_total{code="full"}')! > 0);
  assert.ok(Number(observed.searches) > 0);
  assert.ok(memory.most - memory.before < 4 * CATALOGUE_LIMITS.bytesPerAddress, `${memory.most}`);
});
