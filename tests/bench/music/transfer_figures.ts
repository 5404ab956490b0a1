import type { Figure, Goal, Unit } from "../figures.ts";
import type { Transfer } from "./transfer.ts";

/** What was measured of one way to send a file. */
export interface TransferRun {
  readonly candidate: string;
  readonly measure: () => Promise<Transfer>;
  /** One for each round. */
  readonly transfers: Transfer[];
}

/** The subject first, then TCP: bbr before cubic. */
export type TransferRuns = readonly TransferRun[];

const MEGABYTE = 1e6;
/** Of all packets, in percent: issue 5. */
const AGAIN_GOAL: Goal = { kind: "at_most", value: 10 };

/** Megabytes of the file a second. */
export function throughput(name: string, runs: TransferRuns, goal?: Goal): Figure {
  return { ...figure(name, "MB/s", runs, ({ goodput }) => goodput / MEGABYTE), goal };
}

/** The same, held against bbr's; nothing where there is no bbr. */
export function* beatsBbr(name: string, runs: TransferRuns): Generator<Figure> {
  if (runs[1]?.candidate !== "TCP bbr") return;
  yield throughput(name, runs, { kind: "ratio_at_least", ratio: 1 });
}

/** Percent of what was sent that was sent again. */
export function sentAgain(name: string, runs: TransferRuns): Figure {
  return { ...figure(name, "%", runs, ({ again }) => 100 * again), goal: AGAIN_GOAL };
}

/** Processor time of both sides; nothing where the machine does not tell it. */
export function* transferCosts(name: string, runs: TransferRuns): Generator<Figure> {
  for (const side of ["source", "listener"] as const) {
    const cost = (transfer: Transfer) => transfer[`${side}Cost`];
    if (runs.some(({ transfers }) => transfers.some((one) => cost(one) === null))) continue;
    yield figure(`processor time of the ${side}, ${name}`, "ms/MB", runs, (one) => cost(one)!);
  }
}

function figure(
  name: string,
  unit: Unit,
  runs: TransferRuns,
  valueOf: (transfer: Transfer) => number,
): Figure {
  const series = runs.map(({ candidate, transfers }) => ({
    candidate,
    samples: transfers.map((transfer) => ({ value: valueOf(transfer) })),
  }));
  return { name, unit, series };
}
