import type { Asked, Task } from "../command_line/command_line.ts";

const OPTIONS = {
  seconds: {
    kind: "whole",
    least: 1,
    most: 86_400,
    usual: 300,
    about: "Seconds of the whole run, for all targets together and with its start-up. The seeds " +
      "and the corpus of each target are always run: all targets take 15 seconds or so at least.",
  },
  seed: {
    kind: "whole",
    least: 0,
    most: 0xffff_ffff,
    usual: 1,
    about: "Another seed gives other inputs.",
  },
  keep: { kind: "flag", about: "Puts inputs that led somewhere new into the corpus." },
  replay: {
    kind: "text",
    metavar: "FILE",
    about: "Runs this input instead of searching, for the target of its folder or the one named.",
  },
} as const;

/** The task's command line, with the names of the targets. */
export function fuzzTask(targets: readonly string[]): Task<typeof OPTIONS> {
  return {
    name: "fuzz",
    about: "Gives parsers and machines what nobody would send. What is found is written into the " +
      "corpus and named with the command that replays it.",
    choice: { what: "target", known: targets },
    options: OPTIONS,
    exits: { 0: "Everything held.", 1: "Something did not hold." },
  };
}

/** What was asked for on the command line. */
export interface FuzzOptions {
  readonly targets: readonly string[];
  /** For all targets together. */
  readonly seconds: number;
  readonly seed: number;
  /** A file to run instead of searching. */
  readonly replay: string | null;
  /** Whether inputs that led somewhere new are put into the corpus. */
  readonly keep: boolean;
}

/** Without a target, all of them. */
export function fuzzOptions(
  { words, values }: Asked<typeof OPTIONS>,
  known: readonly string[],
): FuzzOptions {
  return { targets: words.length === 0 ? known : words, ...values };
}
