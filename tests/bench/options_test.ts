import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { parseOptions, UsageError } from "./options.ts";

const known = ["directory", "overlay"];

Deno.test("without a suite, all of them, in full and for the page", () => {
  deepStrictEqual(parseOptions([], known), {
    suites: known,
    quick: false,
    write: true,
    selfCheck: false,
  });
});

Deno.test("what is not all, or not in full, is for the terminal only", () => {
  for (const args of [["--quick"], ["--self-check"], ["overlay"]]) {
    strictEqual(parseOptions(args, known).write, false);
    strictEqual(parseOptions([...args, "--write"], known).write, true);
  }
});

Deno.test("suites and options come in any order", () => {
  deepStrictEqual(parseOptions(["--quick", "overlay", "--write", "--self-check"], known), {
    suites: ["overlay"],
    quick: true,
    write: true,
    selfCheck: true,
  });
});

Deno.test("a suite or an option that there is not is named, with those that there are", () => {
  throws(
    () => parseOptions(["call"], known),
    new UsageError(
      "there is no suite call; there are: directory, overlay",
    ),
  );
  throws(() => parseOptions(["--fast"], known), UsageError);
});
