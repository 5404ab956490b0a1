import assert from "node:assert/strict";
import { LogFile } from "../../../lib/runtime/log_file.ts";
import { CodeCounts } from "../../../lib/runtime/metrics/code_counts.ts";
import { PrometheusExporter } from "../../../lib/runtime/metrics/prometheus_text.ts";
import { bytesOf, type FuzzTarget, textOf } from "../target.ts";

const FIGURE = /^prosa_refused_total\{code="([a-z][a-z0-9_]{0,39})"\} [1-9][0-9]*$/;

export const FIGURES: readonly FuzzTarget[] = [
  {
    name: "metrics_labels",
    seeds: ["bad_user\nbad_user\nname_taken\n", 'a"b\\c\n{x="y"}\nAna\nolá', "x".repeat(50)].map(
      bytesOf,
    ),
    words: ['"', "\\", "{", "}", "bad_name", "other", "_total"],
    most: 1500,
    tries: 100,
    async run(bytes, saw) {
      const counts = new CodeCounts();
      const codes = textOf(bytes).split("\n");
      for (const code of codes) counts.add(code);
      const { text } = await new PrometheusExporter([{
        ...{ name: "prosa_refused_total", help: "Refused.", kind: "counter", labels: ["code"] },
        samples: () =>
          Array.from(counts.entries(), ([code, value]) => ({ labels: { code }, value })),
      }]).text();
      const figures = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
      for (const figure of figures) assert.match(figure, FIGURE, "a person's text in a label");
      assert.ok(figures.length <= 129, `${figures.length} series`);
      const sum = figures.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
      assert.equal(sum, codes.length, "something was not counted");
      saw(`${Math.min(figures.length, 9)} series`);
    },
  },
  {
    name: "log_line",
    seeds: ["joined\nAna\n192.0.2.1", 'a"\\\u0000\nx\u2028\ny', "\n\n"].map(bytesOf),
    words: ["\u2028", "\u001b[2J", "__proto__", "time", "event"],
    most: 400,
    tries: 40,
    async run(bytes, saw) {
      const path = Deno.makeTempFileSync({ prefix: "fuzz-" });
      try {
        const [event = "", name = "", ...others] = textOf(bytes).split("\n");
        {
          await using log = await LogFile.open(path);
          log.add(event, { name });
          for (const value of others) log.add("other", { [name]: value, count: value.length });
        }
        const lines = Deno.readTextFileSync(path).split("\n");
        assert.equal(lines.pop(), "");
        assert.equal(lines.length, 1 + others.length, "a record is one line");
        const records = lines.map((line) => JSON.parse(line));
        assert.deepEqual([records[0].event, records[0].name], [event, name]);
        saw(`${Math.min(lines.length, 9)} records`);
      } finally {
        Deno.removeSync(path);
      }
    },
  },
];
