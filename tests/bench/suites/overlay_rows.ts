import type { Figure, Goal } from "../figures.ts";
import type { ChainSample } from "./overlay_chain.ts";

/** The samples of one kind of chain, one a round. */
export interface ChainSeries {
  readonly candidate: string;
  readonly samples: readonly ChainSample[];
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

/** A percentile of the round trip, in microseconds. */
export function roundTripFigure(
  what: string,
  part: number,
  all: readonly ChainSeries[],
  goal?: Goal,
): Figure {
  return {
    name: `round trip p${part * 100}, ${what}`,
    unit: "µs",
    series: all.map(({ candidate, samples }) => ({
      candidate,
      samples: samples.map(({ roundTrips }) => ({ value: percentile(roundTrips, part) })),
    })),
    goal,
  };
}

/** Messages a second, with what they cost each process, the origin first. */
export function rateFigure(what: string, all: readonly ChainSeries[], goal?: Goal): Figure {
  return {
    name: `messages/s, ${what}`,
    unit: "messages/s",
    series: all.map(({ candidate, samples }) => ({
      candidate,
      samples: samples.map(({ messages, seconds, cpuMicros }) => ({
        value: messages / seconds,
        processMicros: cpuMicros,
      })),
    })),
    goal,
  };
}
