import assert from "node:assert/strict";
import { readArguments } from "../command_line/command_line.ts";
import { fuzzOptions, fuzzTask } from "./options.ts";

const known = ["one", "two"];

function options(...args: string[]) {
  return fuzzOptions(readArguments(fuzzTask(known), args), known);
}

Deno.test("fuzz options: what is left out, and what is said", () => {
  assert.deepEqual(options(), {
    ...{ targets: known, seconds: 300, seed: 1, replay: null, keep: false },
  });
  assert.deepEqual(options("two", "--seconds", "9", "--seed", "0", "--keep"), {
    ...{ targets: ["two"], seconds: 9, seed: 0, replay: null, keep: true },
  });
  assert.equal(options("--replay", "x.input").replay, "x.input");
});
