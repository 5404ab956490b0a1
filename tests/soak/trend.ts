import { HOUR, MIB } from "../../lib/base/units.ts";

/** One look at something: milliseconds, and any value. */
export interface Look {
  readonly at: number;
  readonly value: number;
}

/** A line through a series. */
export interface Trend {
  /** Value for each hour, and its standard error. */
  readonly perHour: number;
  readonly uncertainty: number;
  /** What the line wins or loses from the first look to the last. */
  readonly growth: number;
  readonly mean: number;
}

/** Growth that is no leak: a part of the mean, and so many bytes at the least. */
export interface Allowance {
  readonly part: number;
  readonly bytes: number;
}

/**
 * Used heap and buffers after garbage was collected: it moves with the number of people and what
 * they are doing, within some percent.
 */
export const HEAP: Allowance = { part: 0.06, bytes: 3 * MIB };
/** Resident memory: the allocator gives back late and cuts into pieces, so it moves more. */
export const RESIDENT: Allowance = { part: 0.12, bytes: 12 * MIB };

/** Standard errors that are taken off what a series grows by: what is left is sure to 95 %. */
const SURE = 2;

/**
 * The straight line of least squares. What is looked at often does not change much from one look to
 * the next, so that many looks know less than as many independent ones would: the standard error is
 * that of `n (1 − r) / (1 + r)` looks, where r is the correlation of neighbouring residuals.
 *
 * @throws {TypeError} for less than four looks
 */
export function trendOf(looks: readonly Look[]): Trend {
  const count = looks.length;
  if (count < 4) throw new TypeError("a trend needs four looks");
  const meanAt = looks.reduce((sum, { at }) => sum + at, 0) / count;
  const mean = looks.reduce((sum, { value }) => sum + value, 0) / count;
  let spread = 0;
  let together = 0;
  for (const { at, value } of looks) {
    spread += (at - meanAt) ** 2;
    together += (at - meanAt) * (value - mean);
  }
  const slope = together / spread;
  const residuals = looks.map(({ at, value }) => value - mean - slope * (at - meanAt));
  const squares = residuals.reduce((sum, residual) => sum + residual ** 2, 0);
  const correlation = squares === 0 ? 0 : Math.max(
    0,
    residuals.slice(1).reduce((sum, residual, n) => sum + residual * residuals[n]!, 0) / squares,
  );
  const independent = Math.max(3, count * (1 - correlation) / (1 + correlation));
  const error = Math.sqrt(squares / (independent - 2) / spread);
  return {
    perHour: slope * HOUR,
    uncertainty: error * HOUR,
    growth: slope * (looks.at(-1)!.at - looks[0]!.at),
    mean,
  };
}

/** Whether a series surely grows by more than is allowed. */
export function leaks(
  { perHour, uncertainty, growth, mean }: Trend,
  allowance: Allowance,
): boolean {
  if (growth <= 0) return false;
  const sure = growth * (1 - SURE * uncertainty / perHour);
  return sure > Math.max(allowance.bytes, allowance.part * mean);
}
