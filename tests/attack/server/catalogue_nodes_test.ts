import { strict as assert } from "node:assert";
import { CATALOGUE_LIMITS } from "../../../lib/directory/catalogue_limits.ts";
import { conduct, summary } from "../conduct.ts";
import { catalogueNodes } from "./catalogue_nodes.ts";

Deno.test("one address has room for so many nodes in the catalogue, whole or begun", async () => {
  const report = await conduct(catalogueNodes);
  console.log(summary(report));
  const { observed, counted } = report;
  assert.equal(observed.entered, CATALOGUE_LIMITS.nodesPerAddress);
  assert.equal(
    counted.get('prosa_requests_refused_total{code="full"}'),
    observed["answered with full"],
  );
});
