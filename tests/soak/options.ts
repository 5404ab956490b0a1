import { MINUTE, SECOND } from "../../lib/base/units.ts";
import type { Asked, Task } from "../command_line/command_line.ts";
import { STEADY } from "./pace.ts";
import type { SoakOptions } from "./soak.ts";

/** People in one process. */
const CROWD = 50;

const OPTIONS = {
  minutes: {
    kind: "decimal",
    least: 0.5,
    most: 10_080,
    usual: 10,
    about: "Minutes with people in them; the time until everybody has gone comes on top.",
  },
  peers: {
    kind: "whole",
    least: 2,
    most: 10_000,
    usual: 200,
    about: `People, ${CROWD} to a process.`,
  },
  seed: {
    kind: "whole",
    least: 0,
    most: 0xffff_ffff,
    usual: 1,
    about: "Another seed gives other deeds.",
  },
} as const;

/** The task's command line. */
export const SOAK_TASK: Task<typeof OPTIONS> = {
  name: "soak",
  about: "The real server and real peers that come, talk, call, share songs and go: whether " +
    "anything is lost, and whether anything is kept that should be gone.",
  options: OPTIONS,
  exits: { 0: "Nothing is lost or kept.", 1: "Something is; the reasons are printed." },
};

/** The warm-up is this part of the run, and no longer than everybody takes to do everything. */
const WARM_UP = 0.2;
const LONGEST_WARM_UP = 3 * MINUTE;
/** Looks in a run, and the least time between two: collecting garbage takes time from calls. */
const LOOKS = 120;
const LEAST_SAMPLING = 5 * SECOND;
/** More people than this are warned of: at 2.6 MB and 22 descriptors each they take over 1 GB. */
const COMFORTABLE = 400;

/** What the soak of a command line is. */
export function soakOptions(
  { values: { minutes, peers, seed } }: Asked<typeof OPTIONS>,
): Omit<SoakOptions, "progress"> & { readonly minutes: number } {
  const warmUp = Math.min(LONGEST_WARM_UP, WARM_UP * minutes * MINUTE);
  const main = minutes * MINUTE - warmUp;
  return {
    ...{ minutes, peers, seed, warmUp, main },
    workers: Math.ceil(peers / CROWD),
    pace: STEADY,
    sampling: Math.max(LEAST_SAMPLING, main / LOOKS),
  };
}

/** What is said before a soak begins: its size, and where that may be too much, so. */
export function announcement(
  { peers, workers, minutes, seed }: ReturnType<typeof soakOptions>,
): string {
  const processes = workers === 1 ? "1 process" : `${workers} processes`;
  const size = `${peers} people in ${processes} for ${minutes} min, seed ${seed}`;
  if (peers <= COMFORTABLE) return size;
  return `${size}\nMore than ${COMFORTABLE} peers may be too many for this machine: it then fails ` +
    "for want of time or memory, and not for a fault of the programs.";
}
