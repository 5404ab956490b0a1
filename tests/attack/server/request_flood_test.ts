import { strict as assert } from "node:assert";
import { MIB } from "../../../lib/base/units.ts";
import { conduct, summary } from "../conduct.ts";
import { requestFlood } from "./request_flood.ts";

Deno.test("a flood of requests is answered in turns, and an honest user between them", async () => {
  const report = await conduct(requestFlood);
  console.log(summary(report));
  const { counted, memory } = report;
  assert.ok(counted.get('prosa_lines_received_total{port="chat"}')! > 0);
  assert.ok(counted.get('prosa_lines_received_total{port="registry"}')! > 0);
  assert.ok(memory.most - memory.before < 384 * MIB, `${memory.most}`);
});
