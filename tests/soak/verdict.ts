import { KIB, MIB, SECOND } from "../../lib/base/units.ts";
import { explanation, imbalances, isLate, mayBeLeft } from "./counters.ts";
import type { Sample } from "./samples.ts";
import type { ProcessRecord, SoakOutcome } from "./soak.ts";
import { type Allowance, HEAP, leaks, RESIDENT, type Trend, trendOf } from "./trend.ts";

/** Part of the main part that comes before what is looked at: memory of ten minutes fills first. */
const SETTLES = 0.4;
/** Looks for a trend: fewer say nothing, and a short run is judged by its low tides. */
const ENOUGH = 12;
/**
 * What a worker's heap may win from one low tide to the next besides `LOW_TIDE_EACH` for each time
 * that somebody came: code that has been compiled, and what the engine learns about it.
 */
const LOW_TIDE = 3 * MIB;
const LOW_TIDE_EACH = 1 * KIB;
/** People who waited longer for an answer, in milliseconds, show that the machine is too small. */
const USELESS = 10 * SECOND;
/** Figures of the server that have to be zero in the end. */
const NEVER = [
  "prosa_bugs_total",
  "prosa_store_outages_total",
  "prosa_directory_errors_total",
  "prosa_directory_sweep_errors_total",
  "prosa_connections_refused_total",
  "prosa_lines_too_long_total",
];
/** Figures that have to be zero unless a process was late. */
const NEVER_IN_TIME = ['reason="stalled"'];

/** Memory of one process over the later part of a run; null where there were too few looks. */
export interface MemoryTrends {
  readonly heap: Trend | null;
  readonly resident: Trend | null;
}

/** The trends of a process. */
export function memoryTrends({ samples }: ProcessRecord): MemoryTrends {
  const first = samples[0]?.at ?? 0;
  const last = samples.at(-1)?.at ?? 0;
  const later = samples.filter(({ at }) => at >= first + SETTLES * (last - first));
  const of = (value: (sample: Sample) => number) =>
    later.length < ENOUGH ? null : trendOf(later.map((one) => ({ at: one.at, value: value(one) })));
  return { heap: of(({ heap }) => heap), resident: of(({ resident }) => resident) };
}

/** Why a soak failed, a sentence for each reason; empty where it did not. */
export function complaints(outcome: SoakOutcome): string[] {
  const { counts, faults, faultCount, deliveries, left, slowest, figures, processes } = outcome;
  return [
    ...slowest > USELESS
      ? [
        `this machine has too little time for so many people (${seconds(slowest)} s for an answer)`,
      ]
      : [],
    ...faults,
    ...faultCount > faults.length ? [`… and ${faultCount - faults.length} more`] : [],
    ...Object.entries(counts)
      .filter(([counter]) => counter !== "fault" && explanation(counter, slowest) === null)
      .map(([counter, times]) => `unexplained: ${counter}: ${times}`),
    ...imbalances(counts, slowest),
    ...deliveries.lost > 0
      ? [`overlay: ${deliveries.lost} acknowledged messages were never shown`]
      : [],
    ...left.filter((what) => !mayBeLeft(what, slowest)).map((what) =>
      `left at the server with everybody gone: ${what}`
    ),
    ...[...figures]
      .filter(([name, value]) =>
        value > 0 &&
        [...NEVER, ...isLate(slowest) ? [] : NEVER_IN_TIME].some((part) => name.includes(part))
      )
      .map(([name, value]) => `the server counts ${name} ${value}`),
    ...processes.flatMap((process) => complaintsAbout(process, counts["people: joins"] ?? 0)),
  ];
}

function complaintsAbout(process: ProcessRecord, joins: number): string[] {
  const { name, start, lowTides: [first, last] } = process;
  const { heap, resident } = memoryTrends(process);
  const kept = (what: string, before: number, after: number) =>
    after > before ? [`${name}: ${what} grew from ${before} to ${after} with everybody gone`] : [];
  return [
    ...kept("descriptors", start.descriptors, last.descriptors),
    ...start.timers === null ? [] : kept("timers", start.timers, last.timers!),
    // The server's heap is not collected on demand: its low tides say nothing.
    ...start.timers !== null && last.heap - first.heap > LOW_TIDE + LOW_TIDE_EACH * joins
      ? [`${name}: the heap kept ${megabytes(last.heap - first.heap)} MB of people who have gone`]
      : [],
    ...leak(name, "used heap", heap, HEAP),
    ...leak(name, "resident memory", resident, RESIDENT),
  ];
}

function leak(name: string, what: string, trend: Trend | null, allowance: Allowance): string[] {
  if (trend === null || !leaks(trend, allowance)) return [];
  return [`${name} leaks: ${what} grows by ${rate(trend)}`];
}

/** A trend for a person. */
export function rate({ perHour, uncertainty }: Trend): string {
  return `${megabytes(perHour)} ± ${megabytes(uncertainty)} MB/h`;
}

/** Bytes as megabytes. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Milliseconds as seconds. */
export function seconds(milliseconds: number): string {
  return (milliseconds / SECOND).toFixed(1);
}
