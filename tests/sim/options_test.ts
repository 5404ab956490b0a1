import { deepStrictEqual, throws } from "node:assert/strict";
import { readArguments, UsageError } from "../command_line/command_line.ts";
import { SIM_TASK } from "./options.ts";

Deno.test("sim options: what is left out, and what is said", () => {
  deepStrictEqual(readArguments(SIM_TASK, []).values, { peers: 1000, seed: 1, minutes: 2 });
  const args = ["--peers", "10", "--seed", "0", "--minutes", "1"];
  deepStrictEqual(readArguments(SIM_TASK, args).values, { peers: 10, seed: 0, minutes: 1 });
});

Deno.test("sim options: fewer peers than a network needs are refused", () => {
  throws(() => readArguments(SIM_TASK, ["--peers", "9"]), UsageError);
});
