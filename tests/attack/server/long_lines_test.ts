import { strict as assert } from "node:assert";
import { MIB } from "../../../lib/base/units.ts";
import { conduct, summary } from "../conduct.ts";
import { EACH, longLines } from "./long_lines.ts";

Deno.test("lines of 1 MiB and lines without an end are dropped as they come", async () => {
  const report = await conduct(longLines);
  console.log(summary(report));
  const { observed, counted, memory } = report;
  assert.equal(observed["still open"], EACH);
  assert.equal(counted.get('prosa_lines_too_long_total{port="chat"}'), 2 * EACH);
  const onRegistry = counted.get('prosa_lines_too_long_total{port="registry"}')!;
  assert.ok(onRegistry > 2 * EACH, `${onRegistry}`);
  assert.equal(
    counted.get('prosa_requests_refused_total{code="line_too_long"}'),
    2 * EACH + onRegistry,
  );
  // What was sent is more than that each second.
  assert.ok(memory.most - memory.before < 128 * MIB, `${memory.most}`);
});
