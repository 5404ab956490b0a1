import assert from "node:assert/strict";
import { failureOf, runChild } from "../../../lib/runtime/packaging/child.ts";

Deno.test("A child's end and words are told", async () => {
  const script = "echo out; echo err >&2; exit 3";
  const result = await runChild("sh", ["-c", script], { deadline: 30_000 });
  assert.deepEqual(result, { code: 3, stdout: "out\n", stderr: "err\n", timedOut: false });
});

Deno.test("A child that takes too long is ended", async () => {
  const result = await runChild("sleep", ["600"], { deadline: 50 });
  assert.equal(result.timedOut, true);
  assert.equal(failureOf(result), "it took too long");
});

Deno.test("A failure is told by the deepest cause, else the error, else the exit code", () => {
  const result = { code: 1, stdout: "", timedOut: false };
  const stderr =
    "\x1b[1m\x1b[31merror\x1b[0m: Writing\n\nCaused by:\n    0: Setting up base binary.\n" +
    "    1: no such host\n\nStack backtrace:\n   0: <unknown>\n";
  assert.equal(failureOf({ ...result, stderr }), "no such host");
  assert.equal(failureOf({ ...result, stderr: "error: Expected ;\n" }), "Expected ;");
  assert.equal(failureOf({ ...result, stderr: "" }), "exit code 1");
});
