import { strict as assert } from "node:assert";
import { MIB } from "../../../lib/base/units.ts";
import { CATALOGUE_LIMITS } from "../../../lib/directory/catalogue_limits.ts";
import { conduct, summary } from "../conduct.ts";
import { catalogueBomb } from "./catalogue_bomb.ts";

Deno.test("lists of files without end cost what they may cost; an honest user finds a song", async () => {
  const report = await conduct(catalogueBomb);
  console.log(summary(report));
  const { observed, memory } = report;
  assert.ok(Number(observed["files taken"]) > 0);
  // Half as much again waits for the garbage collector.
  assert.ok(memory.most - memory.before < 1.5 * CATALOGUE_LIMITS.bytes + 64 * MIB);
});
