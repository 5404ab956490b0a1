import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { type Start, timeStarts } from "./start_times.ts";
import { Workbench } from "./workbench.ts";

/** A candidate that does what `code` says, with DENO_DIR as the cache that is emptied. */
function evaluating(name: string, code: string): Start["candidates"][number] {
  return { name, argv: [Deno.execPath(), "eval", code], cache: "DENO_DIR" };
}

Deno.test("starts are timed for each candidate, until a port is named or the process has ended", async () => {
  await using bench = await Workbench.open({ quick: true, selfCheck: false });
  const listening = `console.log("127.0.0.1:1"); setInterval(() => {}, 1e6)`;
  const starts: Omit<Start, "candidates">[] = [
    { name: "named", until: "port_named", cold: false },
    { name: "ended", until: "ended", cold: true },
  ];
  for (const start of starts) {
    const code = start.until === "ended" ? "" : listening;
    const candidates = [evaluating("one", code), evaluating("other", code)];
    const { series, unit } = await timeStarts(bench, { ...start, candidates });
    deepStrictEqual(series.map(({ candidate }) => candidate), ["one", "other"]);
    const { samples } = series[0]!;
    deepStrictEqual([unit, samples.length], [
      "ms",
      bench.timing.starts[start.cold ? "cold" : "warm"],
    ]);
    ok(samples.every(({ value }) => value > 0));
  }
});

Deno.test("a start that fails is no time", async () => {
  await using bench = await Workbench.open({ quick: true, selfCheck: false });
  const candidates = [evaluating("broken", `console.error("no"); Deno.exit(3)`)];
  const start: Start = { name: "broken", until: "ended", cold: false, candidates };
  await rejects(timeStarts(bench, start), /ended with 3: no/);
});
