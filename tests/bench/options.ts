import type { Asked, Task } from "../command_line/command_line.ts";

const OPTIONS = {
  quick: { kind: "flag", about: "Takes a few minutes and is rough: writes no page by itself." },
  write: {
    kind: "flag",
    about: "Writes docs/benchmarks.md also where not everything is measured.",
  },
  "self-check": {
    kind: "flag",
    about: "Measures the bare echo against itself, which shows the machine's noise.",
  },
} as const;

/** The task's command line, with the names of the suites. */
export function benchTask(suites: readonly string[]): Task<typeof OPTIONS> {
  return {
    name: "bench",
    about:
      "Measures the programs beside baselines of the same run. A full run of all suites writes " +
      "docs/benchmarks.md, each part as soon as it is measured; other runs only print.",
    choice: { what: "suite", known: suites },
    options: OPTIONS,
    exits: {
      0: "All was measured.",
      1: "A suite failed; the others were measured, and its part of the page stays.",
      130: "Interrupted.",
    },
  };
}

/** What was asked for on the command line. */
export interface Options {
  readonly suites: readonly string[];
  readonly quick: boolean;
  /** Whether the page of figures is written. */
  readonly write: boolean;
  readonly selfCheck: boolean;
}

/**
 * Without a suite, all of them. A run of all of them writes the page, unless it is a rough one or
 * one of the bench itself.
 */
export function benchOptions(
  { words, values }: Asked<typeof OPTIONS>,
  known: readonly string[],
): Options {
  const all = words.length === 0;
  const { quick, "self-check": selfCheck } = values;
  const write = values.write || all && !quick && !selfCheck;
  return { suites: all ? known : words, quick, write, selfCheck };
}
