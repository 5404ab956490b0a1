import type { Task } from "../command_line/command_line.ts";

const OPTIONS = {
  seconds: {
    kind: "whole",
    least: 1,
    most: 3600,
    usual: 10,
    about: "Seconds after which an attack that could go on for ever ends.",
  },
} as const;

/** The task's command line, with the names of the attacks. */
export function attackTask(attacks: readonly string[]): Task<typeof OPTIONS> {
  return {
    name: "attack",
    about: "Hostile clients against the real programs, with an honest user beside each, and what " +
      "came of it: at a terminal as text, into a file or a pipe as a table in Markdown.",
    choice: { what: "attack", known: attacks },
    options: OPTIONS,
    exits: {
      0: "All was carried out, and the honest users were served.",
      1: "A program ended, or an honest user was not served.",
    },
  };
}
