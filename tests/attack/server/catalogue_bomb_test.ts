import { strict as assert } from "node:assert";
import { MIB } from "../../../lib/base/units.ts";
import { CATALOGUE_LIMITS } from "../../../lib/directory/catalogue_limits.ts";
import { conduct, summary } from "../conduct.ts";
import { catalogueBomb, countedBytes } from "./catalogue_bomb.ts";

Deno.test("lists of files without end cost what they may cost; an honest user finds a song", async () => {
  const report = await conduct(catalogueBomb);
  console.log(summary(report));
  const { observed, memory } = report;
  // The address that goes on has its share, to the last list that fits, and is refused then.
  assert.ok(Number(observed["answered with full"]) > 0);
  const files = Number(observed["files taken"]);
  const list = CATALOGUE_LIMITS.filesPerNode * countedBytes();
  assert.ok(files * countedBytes() > CATALOGUE_LIMITS.bytesPerAddress - list, `${files} files`);
  // As much again waits for the garbage collector.
  const most = 2 * files * countedBytes() + 64 * MIB;
  assert.ok(memory.most - memory.before < most, `${memory.most - memory.before} of ${most} bytes`);
});
