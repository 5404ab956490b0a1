import type { Task } from "../command_line/command_line.ts";

const OPTIONS = {
  peers: {
    kind: "whole",
    least: 10,
    most: 100_000,
    usual: 1000,
    about: "Peers of the network.",
  },
  seed: {
    kind: "whole",
    least: 0,
    most: 0xffff_ffff,
    usual: 1,
    about: "The same seed gives the same network and the same figures.",
  },
  minutes: {
    kind: "whole",
    least: 1,
    most: 1440,
    usual: 2,
    about: "Simulated minutes in which the peers keep their links, and in which they come and go.",
  },
} as const;

/** The task's command line. */
export const SIM_TASK: Task<typeof OPTIONS> = {
  name: "sim",
  about: "Connects peers of a simulated network at random, lets them talk, live and come and go, " +
    "and prints figures.",
  options: OPTIONS,
  exits: { 0: "The figures are printed." },
};
