import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { judgedRatio, reached } from "../figures.ts";
import type { ChainSample } from "./overlay_chain.ts";
import { rateFigure, roundTripFigure } from "./overlay_rows.ts";

function sample(values: Partial<ChainSample>): ChainSample {
  return { messages: 0, seconds: 1, roundTrips: [], cpuMicros: null, ...values };
}

Deno.test("a round trip stands as its time, beside the baseline's", () => {
  const figure = roundTripFigure("one link", 0.5, [
    { candidate: "overlay", samples: [sample({ roundTrips: [80, 100, 5000] })] },
    { candidate: "echo", samples: [sample({ roundTrips: [40, 50, 60] })] },
  ], { kind: "ratio_at_most", ratio: 2 });
  strictEqual(figure.name, "round trip p50, one link");
  strictEqual(figure.unit, "µs");
  strictEqual(figure.series[0]!.samples[0]!.value, 100);
  strictEqual(judgedRatio(figure)!.median, 2);
  strictEqual(reached(figure), true);
});

Deno.test("messages a second, with what they cost each process", () => {
  const figure = rateFigure("one link, 64 under way", [
    {
      candidate: "overlay",
      samples: [
        sample({ messages: 300, seconds: 2, cpuMicros: [4, 3] }),
        sample({ messages: 100 }),
      ],
    },
    { candidate: "echo", samples: [sample({}), sample({})] },
  ]);
  strictEqual(figure.name, "messages/s, one link, 64 under way");
  strictEqual(figure.unit, "messages/s");
  deepStrictEqual(figure.series[0]!.samples, [
    { value: 150, processMicros: [4, 3] },
    { value: 100, processMicros: null },
  ]);
});
