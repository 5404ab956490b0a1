import { markdownTable } from "../bench/table.ts";
import { explanation } from "./counters.ts";
import type { ProcessRecord, SoakOutcome } from "./soak.ts";
import { megabytes, memoryTrends, rate, seconds } from "./verdict.ts";

/** Figures of the server that are shown, where they are not zero. */
const SHOWN = /^prosa_(requests_refused|connections_\w|lines|leases_ended|bugs)/;

/** Everything that a soak has seen, as tables. */
export function report(outcome: SoakOutcome): string {
  const { counts, slowest, processes, figures, deliveries } = outcome;
  const counters = Object.entries(counts).map(([counter, times]) => [
    counter,
    String(times),
    explanation(counter, slowest) ?? "UNEXPLAINED",
  ]);
  const served = [...figures].filter(([name, value]) => SHOWN.test(name) && value > 0)
    .map(([name, value]) => [name, String(value)]);
  return [
    markdownTable(["counted", "times", "why"], counters),
    markdownTable(["at the server", "times"], served),
    `overlay: ${deliveries.acknowledged} messages acknowledged, ${deliveries.lost} of them not ` +
    `shown; the longest wait for what needs no time ` +
    `was ${seconds(slowest)} s`,
    markdownTable(
      [
        ...["memory in MB", "start", "low tide", "high", "low tide", "heap at low tides"],
        ...["resident", "used heap"],
      ],
      processes.map(memoryRow),
    ),
    markdownTable(
      ["with everybody gone", "descriptors", "timers"],
      processes.map(({ name, start, lowTides: [first, last] }) => [
        name,
        `${start.descriptors} → ${first.descriptors} → ${last.descriptors}`,
        start.timers === null ? "–" : `${start.timers} → ${first.timers} → ${last.timers}`,
      ]),
    ),
  ].join("\n\n");
}

function memoryRow(process: ProcessRecord): string[] {
  const { name, start, lowTides: [first, last], samples } = process;
  const { heap, resident } = memoryTrends(process);
  const high = Math.max(...samples.map((sample) => sample.resident));
  return [
    name,
    ...[start.resident, first.resident, high, last.resident].map(megabytes),
    start.timers === null ? "–" : `${megabytes(first.heap)} → ${megabytes(last.heap)}`,
    resident === null ? "–" : rate(resident),
    heap === null ? "–" : rate(heap),
  ];
}
