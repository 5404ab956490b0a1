import { ok, strictEqual } from "node:assert/strict";
import { helpOf } from "./help.ts";

const TASK = {
  name: "some",
  about: "Does something that takes more words to tell than one row of a terminal has room for.",
  choice: { what: "suite", known: ["one", "two"] },
  options: {
    quick: { kind: "flag", about: "Is rough." },
    peers: { kind: "whole", least: 2, most: 9, usual: 5, about: "People." },
  },
  exits: { 0: "Done.", 1: "Failed." },
} as const;

Deno.test("help has the usage, what there is to choose, the options and the exit codes", () => {
  strictEqual(
    helpOf(TASK, 60),
    `Usage: deno task some [suite…] [options]

Does something that takes more words to tell than one row of
a terminal has room for.

Each suite by its name; without one, all of them:
  one, two

Options:
  --quick    Is rough.
  --peers N  People. N is a whole number from 2 to 9;
             without the option, 5.
  --help     Shows this, and does nothing else.

Exit codes:
  0  Done.
  1  Failed.
  2  The command line is wrong.`,
  );
});

Deno.test("help without anything to choose takes no words", () => {
  ok(helpOf({ ...TASK, choice: undefined }, 60).startsWith("Usage: deno task some [options]\n"));
});
