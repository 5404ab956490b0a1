import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import type { Figure } from "./figures.ts";
import { formatPage } from "./page.ts";
import { report } from "./report.ts";
import { markdownTable } from "./table.ts";

const requests: Figure = {
  name: "ADDR",
  unit: "requests/s",
  series: [
    {
      candidate: "server",
      samples: [{ value: 90_000, cpuMicros: 11.04, serverBusy: 0.99, generatorBusy: 0.5 }],
    },
    {
      candidate: "bare Deno",
      samples: [{ value: 100_000, cpuMicros: 10, serverBusy: 1, generatorBusy: 0.6 }],
    },
  ],
  goal: { kind: "ratio_at_least", ratio: 0.85 },
};
const memory: Figure = {
  name: "memory",
  unit: "bytes",
  series: [{ candidate: "server", samples: [{ value: 9000.4 }] }],
  goal: { kind: "at_most", value: 8192 },
};
const roundTrip: Figure = {
  name: "round trip p50",
  unit: "µs",
  series: [
    { candidate: "overlay", samples: [{ value: 120.4 }] },
    { candidate: "line echo", samples: [{ value: 50 }] },
  ],
  goal: { kind: "ratio_at_most", ratio: 2 },
};
const messages: Figure = {
  name: "messages/s",
  unit: "messages/s",
  series: [
    { candidate: "overlay", samples: [{ value: 60_000, processMicros: [4.04, 12] }] },
    { candidate: "line echo", samples: [{ value: 100_000, processMicros: null }] },
  ],
};

function cells(line: string | undefined): string[] {
  return line!.split("|").slice(1, -1).map((cell) => cell.trim());
}

Deno.test("columns line up, numbers to the right", () => {
  strictEqual(
    markdownTable(["name", "n"], [["a", "1,000"], ["longer", "2"]]),
    [
      "| name   |     n |",
      "| ------ | ----: |",
      "| a      | 1,000 |",
      "| longer |     2 |",
    ].join("\n"),
  );
});

Deno.test("a figure stands beside its baselines with ratio, goal and whether it was reached", () => {
  const lines = report([requests, memory]).split("\n");
  deepStrictEqual(
    cells(lines[2]),
    ["ADDR", "requests/s", "90,000", "100,000", "0.90 (0.90–0.90)", "≥ 0.85", "yes"],
  );
  deepStrictEqual(cells(lines[3]), ["memory", "bytes", "9,000", "–", "–", "≤ 8,192", "no"]);
});

Deno.test("the second table tells where the time went, for what has a time", () => {
  const lines = report([requests, memory]).split("\n\n")[1]!.split("\n");
  strictEqual(lines.length, 3);
  deepStrictEqual(
    cells(lines[2]),
    ["ADDR", "11.0", "10.0", "1.10 (1.10–1.10)", "99 %", "100 %", "60 %"],
  );
});

Deno.test("a ratio not to exceed stands as one", () => {
  deepStrictEqual(
    cells(report([roundTrip]).split("\n")[2]),
    ["round trip p50", "µs", "120", "50", "2.41 (2.41–2.41)", "≤ 2.00", "no"],
  );
});

Deno.test("scores, milliseconds and shares of a core are told more precisely", () => {
  const one = (unit: Figure["unit"], value: number, goal: Figure["goal"]) =>
    report([{ name: "f", unit, series: [{ candidate: "call", samples: [{ value }] }], goal }]);
  const last = (text: string) => cells(text.split("\n")[2]).filter((_, n) => n !== 3);
  deepStrictEqual(
    last(one("score", 0.96349, { kind: "at_least", value: 0.96 })),
    ["f", "score", "0.963", "≥ 0.960", "yes"],
  );
  deepStrictEqual(
    last(one("score", 0.94, { kind: "at_least", value: 0.95 })).slice(-2),
    ["≥ 0.950", "no"],
  );
  deepStrictEqual(
    last(one("ms", 61.26, { kind: "at_most", value: 70 })),
    ["f", "ms", "61.3", "≤ 70.0", "yes"],
  );
  deepStrictEqual(last(one("% of a core", 4, undefined)).slice(1), [
    "% of a core",
    "4.0",
    "–",
    "–",
  ]);
});

Deno.test("what a message costs each process has a table of its own", () => {
  const tables = report([roundTrip, messages]).split("\n\n");
  strictEqual(tables.length, 2);
  const lines = tables[1]!.split("\n");
  strictEqual(lines.length, 3);
  deepStrictEqual(cells(lines[2]), ["messages/s", "4.0 + 12.0", "–"]);
});

Deno.test("without processor times there is one table", () => {
  strictEqual(report([memory]).includes("CPU µs"), false);
});

Deno.test("the page names the machine and has a part for each suite", () => {
  const section = { name: "directory", about: "What it is.", tables: "| a |" };
  const page = formatPage("a processor, 2 cores", [section], ["directory"]);
  match(
    page,
    /^## directory\n\nMachine: a processor, 2 cores\.\n\nWhat it is\.\n\n\| a \|\n$/m,
  );
});
