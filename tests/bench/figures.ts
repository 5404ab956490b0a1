/** What one run of one candidate gave. */
export interface Sample {
  /** In the unit of the figure. */
  readonly value: number;
  /** Processor time of the server process for each request, in microseconds. */
  readonly cpuMicros?: number | null;
  /**
   * Where a message goes through several processes: the processor time of each of them for a
   * message, in microseconds, in the order of its way.
   */
  readonly processMicros?: readonly number[] | null;
  /** How much of one core the server process used. */
  readonly serverBusy?: number | null;
  /** How much of one core the load generator used. */
  readonly generatorBusy?: number;
}

/** What of a sample is a number. */
export type Measure = Exclude<keyof Sample, "processMicros">;

/** The samples of one candidate, one a round. */
export interface Series {
  readonly candidate: string;
  readonly samples: readonly Sample[];
}

/**
 * What a figure has to reach: a part of its baseline's, a multiple of it not to exceed, a value not
 * to exceed, or one to reach.
 */
export type Goal =
  | { readonly kind: "ratio_at_least"; readonly ratio: number }
  | { readonly kind: "ratio_at_most"; readonly ratio: number }
  | { readonly kind: "at_most"; readonly value: number }
  | { readonly kind: "at_least"; readonly value: number };

/**
 * What a figure counts: rates and scores are the better the higher, times, sizes, shares, costs and
 * gaps the lower.
 */
export type Unit =
  | "requests/s"
  | "messages/s"
  | "operations/s"
  | "MB/s"
  | "µs"
  | "ms"
  | "ms/MB"
  | "bytes"
  | "score"
  | "% of a core"
  | "%"
  | "gaps";

/** One figure: the subject first, then the baselines, the one that counts before the others. */
export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  readonly series: readonly Series[];
  readonly goal?: Goal;
}

/** A median with the least and the most that it stands for. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * The middle value, or the mean of the two in the middle.
 *
 * @throws {RangeError} where there is none
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new RangeError("no values");
  return sorted.length % 2 === 1 ? upper : (sorted[middle - 1]! + upper) / 2;
}

/**
 * The value that a part of all values is not above.
 *
 * @param part from 0 to 1
 * @throws {RangeError} where there are no values
 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
  if (value === undefined) throw new RangeError("no values");
  return value;
}

/**
 * Median, least and most.
 *
 * @throws {RangeError} where there are no values
 */
export function spread(values: readonly number[]): Spread {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/**
 * Subject to baseline, round by round: what disturbs the machine in one round disturbs both.
 *
 * @throws {RangeError} where the two do not have as many rounds
 */
export function pairwiseRatio(subject: readonly number[], baseline: readonly number[]): Spread {
  if (subject.length !== baseline.length) throw new RangeError("not as many rounds");
  return spread(subject.map((value, round) => value / baseline[round]!));
}

/** The values of a series under one of its names, without those that could not be had. */
export function valuesOf({ samples }: Series, field: Measure = "value"): number[] {
  return samples.map((sample) => sample[field]).filter((value) => typeof value === "number");
}

/** What a message costs each process of a series in the median round; null where none tells. */
export function processCosts({ samples }: Series): number[] | null {
  const rounds = samples.flatMap(({ processMicros }) => processMicros ? [processMicros] : []);
  const [first] = rounds;
  return first?.map((_, place) => median(rounds.map((round) => round[place]!))) ?? null;
}

/** The ratio of the subject to the baseline that counts; null where there is no such baseline. */
export function ratioOf(figure: Figure, field: Measure = "value"): Spread | null {
  const [subject, baseline] = figure.series;
  if (subject === undefined || baseline === undefined) return null;
  const values = valuesOf(baseline, field);
  return values.length === 0 ? null : pairwiseRatio(valuesOf(subject, field), values);
}

/** How much of its core a server uses when nothing else holds it up. */
const FULLY_BUSY = 0.9;

/**
 * Whether requests a second tell how fast the servers are: both were the ones that were waited
 * for. Where the load generator or the machine's other work was, processor time tells it.
 */
export function serversWereTheLimit({ series }: Figure): boolean {
  return series.slice(0, 2).every((one) => {
    const busy = valuesOf(one, "serverBusy");
    return busy.length === 0 || median(busy) >= FULLY_BUSY;
  });
}

/**
 * The ratio that a goal is held against: of what subject and baseline did, or, where they were not
 * the limit, of what they can do on one core, which is the inverse of their processor time.
 */
export function judgedRatio(figure: Figure): Spread | null {
  if (serversWereTheLimit(figure)) return ratioOf(figure);
  const time = ratioOf(figure, "cpuMicros");
  return time && { median: 1 / time.median, least: 1 / time.most, most: 1 / time.least };
}

/** Whether a figure's median reaches its goal; null where it has none. */
export function reached(figure: Figure): boolean | null {
  const { goal, series: [subject] } = figure;
  if (goal === undefined || subject === undefined) return null;
  if (goal.kind === "at_most") return median(valuesOf(subject)) <= goal.value;
  if (goal.kind === "at_least") return median(valuesOf(subject)) >= goal.value;
  const ratio = judgedRatio(figure);
  if (ratio === null) return false;
  return goal.kind === "ratio_at_most" ? ratio.median <= goal.ratio : ratio.median >= goal.ratio;
}
