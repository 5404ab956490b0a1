import { deepStrictEqual, throws } from "node:assert/strict";
import { readArguments, type Task, UsageError } from "./command_line.ts";

const OPTIONS = {
  quick: { kind: "flag", about: "" },
  minutes: { kind: "decimal", least: 0.5, most: 60, usual: 10, about: "" },
  peers: { kind: "whole", least: 2, most: 9, usual: 5, about: "" },
  replay: { kind: "text", metavar: "FILE", about: "" },
} as const;
const ALONE: Task<typeof OPTIONS> = { name: "some", about: "", options: OPTIONS, exits: {} };
const CHOOSING = { ...ALONE, choice: { what: "suite", known: ["one", "two"] } };
const USUAL = { quick: false, minutes: 10, peers: 5, replay: null };

Deno.test("what is left out is as usual, and the -- of deno task is nothing", () => {
  deepStrictEqual(readArguments(ALONE, []), { words: [], values: USUAL });
  deepStrictEqual(readArguments(ALONE, ["--"]), { words: [], values: USUAL });
});

Deno.test("options and words come in any order, values after a blank or =", () => {
  const args = ["--", "two", "--minutes", "0.5", "one", "--quick", "--replay=a=b", "--peers", "3"];
  deepStrictEqual(readArguments(CHOOSING, args), {
    words: ["two", "one"],
    values: { quick: true, minutes: 0.5, peers: 3, replay: "a=b" },
  });
  deepStrictEqual(readArguments(ALONE, ["--peers", "3", "--peers=4"]).values.peers, 4);
});

const WRONG: readonly (readonly [args: readonly string[], sentence: string])[] = [
  [["--fast"], "There is no option --fast; --help lists them."],
  [["--fast=3"], "There is no option --fast; --help lists them."],
  [["--constructor"], "There is no option --constructor; --help lists them."],
  [["-q"], "There is no option -q; --help lists them."],
  [["-"], "There is no option -; --help lists them."],
  [["--quick=yes"], "--quick takes no value."],
  [["three"], "There is no suite “three”; --help lists them."],
  [["--replay"], "--replay takes a file, and there is none."],
  [["--replay", "--quick"], "--replay takes a file, and there is none."],
  [["--minutes", "-1"], "--minutes takes a number from 0.5 to 60, not “-1”."],
  [["--minutes=-1"], "--minutes takes a number from 0.5 to 60, not “-1”."],
  [["--minutes", "61"], "--minutes takes a number from 0.5 to 60, not “61”."],
  [["--minutes", ""], "--minutes takes a number from 0.5 to 60, and there is none."],
  [["--peers"], "--peers takes a whole number from 2 to 9, and there is none."],
  [["--peers", "--quick"], "--peers takes a whole number from 2 to 9, and there is none."],
  [["--peers", "2.5"], "--peers takes a whole number from 2 to 9, not “2.5”."],
  [["--peers", "1"], "--peers takes a whole number from 2 to 9, not “1”."],
  [["--peers", "0x5"], "--peers takes a whole number from 2 to 9, not “0x5”."],
  [["--peers", "1e0"], "--peers takes a whole number from 2 to 9, not “1e0”."],
];

Deno.test("what is wrong is said in one sentence", () => {
  for (const [args, sentence] of WRONG) {
    throws(() => readArguments(CHOOSING, args), new UsageError(sentence), args.join(" "));
  }
  throws(
    () => readArguments(ALONE, ["much"]),
    new UsageError("deno task some takes options only, not “much”."),
  );
});
