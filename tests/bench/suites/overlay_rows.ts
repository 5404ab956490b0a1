import { type Figure, type Goal, percentile } from "../figures.ts";
import type { ChainSample } from "./overlay_chain.ts";

/** The samples of one kind of chain, one a round. */
export interface ChainSeries {
  readonly candidate: string;
  readonly samples: readonly ChainSample[];
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
