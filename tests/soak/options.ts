import { parseArgs } from "node:util";
import { MINUTE, SECOND } from "../../lib/base/units.ts";
import { STEADY } from "./pace.ts";
import type { SoakOptions } from "./soak.ts";

/** The command line is wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** People in one process. */
const CROWD = 50;
/** The warm-up is this part of the run, and no longer than everybody takes to do everything. */
const WARM_UP = 0.2;
const LONGEST_WARM_UP = 3 * MINUTE;
/** Looks in a run, and the least time between two: collecting garbage takes time from calls. */
const LOOKS = 120;
const LEAST_SAMPLING = 5 * SECOND;

/**
 * Reads `[--minutes N] [--peers N] [--seed N]`.
 *
 * @throws {UsageError} for an option that there is not or a number that makes no sense
 */
export function parseOptions(
  args: readonly string[],
): Omit<SoakOptions, "progress"> & { readonly minutes: number } {
  const values = read(args);
  const minutes = numberOf(values.minutes, "--minutes", 0.5);
  const peers = wholeNumber(values.peers, "--peers", 2);
  const seed = wholeNumber(values.seed, "--seed", 0);
  const warmUp = Math.min(LONGEST_WARM_UP, WARM_UP * minutes * MINUTE);
  const main = minutes * MINUTE - warmUp;
  return {
    ...{ minutes, peers, seed, warmUp, main },
    workers: Math.ceil(peers / CROWD),
    pace: STEADY,
    sampling: Math.max(LEAST_SAMPLING, main / LOOKS),
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      // `deno task soak -- --peers 10` hands its `--` on.
      args: args.filter((argument) => argument !== "--"),
      options: {
        minutes: { type: "string", default: "10" },
        peers: { type: "string", default: "200" },
        seed: { type: "string", default: "1" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(text: string, option: string, least: number): number {
  const value = numberOf(text, option, least);
  if (Number.isInteger(value)) return value;
  throw new UsageError(`${option} takes a whole number, not ${text}`);
}

function numberOf(text: string, option: string, least: number): number {
  const value = Number(text);
  if (text !== "" && value >= least && value < Infinity) return value;
  throw new UsageError(`${option} takes a number from ${least} on, not ${text}`);
}
