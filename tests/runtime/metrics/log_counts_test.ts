import { strict as assert } from "node:assert";
import type { Family } from "../../../lib/runtime/metrics/family.ts";
import { LogCounts } from "../../../lib/runtime/metrics/log_counts.ts";
import type { Log, LogFields } from "../../../lib/runtime/log_file.ts";
import { until } from "../line_client.ts";

Deno.test("every figure is in a record each interval, and in a last one at the end", async () => {
  const records: [string, LogFields][] = [];
  const log: Log = {
    add: (event, fields) => records.push([event, fields]),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const families: Family[] = [
    {
      name: "asked_total",
      help: "",
      kind: "counter",
      labels: [],
      samples: () => [{ labels: {}, value: records.length }],
    },
    {
      name: "ended_total",
      help: "",
      kind: "counter",
      labels: ["port", "reason"],
      samples: () => Promise.resolve([{ labels: { port: "chat", reason: "stalled" }, value: 2 }]),
    },
  ];
  {
    await using _ = new LogCounts(families, log, 1);
    await until(() => records.length >= 2, "two records");
  }
  assert.deepEqual(records[0], [
    "counts",
    { asked_total: 0, "ended_total{port=chat,reason=stalled}": 2 },
  ]);
  assert.ok(records.length >= 3);
  assert.ok(records.every(([event]) => event === "counts"));
});
