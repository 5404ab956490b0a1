import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import {
  type Figure,
  judgedRatio,
  median,
  pairwiseRatio,
  percentile,
  processCosts,
  ratioOf,
  reached,
  type Sample,
  spread,
  valuesOf,
} from "./figures.ts";

function figure(subject: Sample[], baseline: Sample[], goal: Figure["goal"]): Figure {
  const series = [
    { candidate: "server", samples: subject },
    { candidate: "echo", samples: baseline },
  ];
  return { name: "f", unit: "requests/s", series, goal };
}

Deno.test("the median is the middle one, or the mean of the two in the middle", () => {
  strictEqual(median([7]), 7);
  strictEqual(median([10, 9, 100]), 10);
  strictEqual(median([4, 1, 3, 2]), 2.5);
  throws(() => median([]), RangeError);
});

Deno.test("the median leaves the values in their order", () => {
  const values = [3, 1, 2];
  median(values);
  deepStrictEqual(values, [3, 1, 2]);
});

Deno.test("a percentile is one of the values, the one that so many are not above", () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  strictEqual(percentile(hundred, 0.5), 50);
  strictEqual(percentile(hundred, 0.99), 99);
  strictEqual(percentile([7], 0.99), 7);
  strictEqual(percentile([3, 1, 2], 0), 1);
  throws(() => percentile([], 0.5), RangeError);
});

Deno.test("a spread has the least and the most beside the median", () => {
  deepStrictEqual(spread([5, 1, 3]), { median: 3, least: 1, most: 5 });
});

Deno.test("ratios are taken round by round, not between medians", () => {
  // A machine that is half as fast in the last round changes no ratio.
  deepStrictEqual(pairwiseRatio([80, 90, 40], [100, 100, 50]), {
    median: 0.8,
    least: 0.8,
    most: 0.9,
  });
  throws(() => pairwiseRatio([1], [1, 2]), RangeError);
});

Deno.test("values that could not be had are left out", () => {
  const samples = [{ value: 1, cpuMicros: null }, { value: 2, cpuMicros: 4 }, { value: 3 }];
  deepStrictEqual(valuesOf({ candidate: "c", samples }, "cpuMicros"), [4]);
});

Deno.test("each process costs what it did in its median round", () => {
  const samples = [[4, 3], [6, 5], null, [5, 9]].map((processMicros) => ({
    value: 1,
    processMicros,
  }));
  deepStrictEqual(processCosts({ candidate: "c", samples }), [5, 5]);
});

Deno.test("where no process tells its time, there are no costs", () => {
  const samples = [{ value: 1 }, { value: 1, processMicros: null }];
  strictEqual(processCosts({ candidate: "c", samples }), null);
});

Deno.test("there is no ratio without a baseline or without its values", () => {
  const alone: Figure = {
    name: "f",
    unit: "bytes",
    series: [{ candidate: "server", samples: [{ value: 1 }] }],
  };
  strictEqual(ratioOf(alone), null);
  strictEqual(ratioOf(figure([{ value: 1 }], [{ value: 1 }], undefined), "cpuMicros"), null);
});

Deno.test("a ratio goal is reached from its value on", () => {
  const goal = { kind: "ratio_at_least", ratio: 0.85 } as const;
  strictEqual(reached(figure([{ value: 85 }], [{ value: 100 }], goal)), true);
  strictEqual(reached(figure([{ value: 84 }], [{ value: 100 }], goal)), false);
});

Deno.test("a ratio not to exceed is reached up to its value, in the median round", () => {
  const goal = { kind: "ratio_at_most", ratio: 2 } as const;
  const baseline = [{ value: 50 }, { value: 50 }, { value: 500 }];
  const rounds = (middle: number) => [{ value: 900 }, { value: middle }, { value: 500 }];
  strictEqual(reached(figure(rounds(100), baseline, goal)), true);
  strictEqual(reached(figure(rounds(101), baseline, goal)), false);
});

Deno.test("a ratio goal is not reached without a baseline", () => {
  for (const kind of ["ratio_at_least", "ratio_at_most"] as const) {
    const { series: [subject] } = figure([{ value: 1 }], [], undefined);
    strictEqual(reached({ ...figure([], [], { kind, ratio: 1 }), series: [subject!] }), false);
  }
});

Deno.test("a limit is held against the subject alone", () => {
  const goal = { kind: "at_most", value: 8192 } as const;
  strictEqual(reached(figure([{ value: 8192 }], [{ value: 1 }], goal)), true);
  strictEqual(reached(figure([{ value: 8193 }], [{ value: 9000 }], goal)), false);
});

Deno.test("a value to reach is held against the subject alone", () => {
  const goal = { kind: "at_least", value: 0.95 } as const;
  strictEqual(reached(figure([{ value: 0.95 }], [{ value: 1 }], goal)), true);
  strictEqual(reached(figure([{ value: 0.94 }], [{ value: 0.5 }], goal)), false);
});

Deno.test("a figure without a goal is neither reached nor missed", () => {
  strictEqual(reached(figure([{ value: 1 }], [{ value: 1 }], undefined)), null);
});

Deno.test("where the load was the limit, processor time is what counts", () => {
  const goal = { kind: "ratio_at_least", ratio: 0.8 } as const;
  const subject = [{ value: 100, cpuMicros: 40, serverBusy: 1 }];
  const held = [{ value: 100, cpuMicros: 30, serverBusy: 0.7 }];
  const free = [{ value: 100, cpuMicros: 30, serverBusy: 0.95 }];
  strictEqual(judgedRatio(figure(subject, held, goal))?.median, 0.75);
  strictEqual(reached(figure(subject, held, goal)), false);
  strictEqual(judgedRatio(figure(subject, free, goal))?.median, 1);
});

Deno.test("turned over, the least of the processor times is the most of the ratios", () => {
  const busy = { value: 1, serverBusy: 0.5 };
  const subject = [{ ...busy, cpuMicros: 10 }, { ...busy, cpuMicros: 20 }];
  const baseline = [{ ...busy, cpuMicros: 10 }, { ...busy, cpuMicros: 10 }];
  deepStrictEqual(judgedRatio(figure(subject, baseline, undefined)), {
    median: 1 / 1.5,
    least: 0.5,
    most: 1,
  });
});
