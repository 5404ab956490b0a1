import assert from "node:assert/strict";
import { readArguments, UsageError } from "../command_line/command_line.ts";
import { ATTACKS } from "./attacks.ts";
import { attackTask } from "./options.ts";

const TASK = attackTask(ATTACKS.map(({ name }) => name));

Deno.test("attack options: some attacks by their names, and how long each takes", () => {
  assert.deepEqual(readArguments(TASK, []), { words: [], values: { seconds: 10 } });
  assert.deepEqual(readArguments(TASK, ["--seconds", "5", "request-flood", "peer-lines"]), {
    words: ["request-flood", "peer-lines"],
    values: { seconds: 5 },
  });
  assert.throws(() => readArguments(TASK, ["request_flood"]), UsageError);
});
