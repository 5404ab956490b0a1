import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { readArguments } from "../command_line/command_line.ts";
import { benchOptions, benchTask } from "./options.ts";

const known = ["directory", "overlay"];

function options(...args: string[]) {
  return benchOptions(readArguments(benchTask(known), args), known);
}

Deno.test("without a suite, all of them, in full and for the page", () => {
  deepStrictEqual(options(), { suites: known, quick: false, write: true, selfCheck: false });
});

Deno.test("what is not all, or not in full, is for the terminal only", () => {
  for (const args of [["--quick"], ["--self-check"], ["overlay"]]) {
    strictEqual(options(...args).write, false);
    strictEqual(options(...args, "--write").write, true);
  }
});

Deno.test("suites and options come in any order", () => {
  deepStrictEqual(options("--quick", "overlay", "--write", "--self-check"), {
    suites: ["overlay"],
    quick: true,
    write: true,
    selfCheck: true,
  });
});
