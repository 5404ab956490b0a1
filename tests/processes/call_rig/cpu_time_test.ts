import assert from "node:assert/strict";
import { PipedProgram } from "../piped_program.ts";
import { treeCpuSeconds } from "./cpu_time.ts";

/** Uses half a second of the processor and then waits for the end of its input. */
const WORKER = `
const start = performance.now();
while (performance.now() - start < 500);
console.log("done");
for await (const _ of Deno.stdin.readable);
`;

Deno.test("processor time: a process, with the programs that it runs", async () => {
  const args = ["-c", '"$0" eval "$1"; exit 0', Deno.execPath(), WORKER];
  await using shell = new PipedProgram("shell", "sh", args);
  await shell.waitFor("done");
  const seconds = await treeCpuSeconds(shell.pid);
  assert.ok(seconds !== null && seconds > 0.2, `${seconds}`);
  await shell.endInput();
  await shell.ended();
  assert.equal(await treeCpuSeconds(shell.pid), null);
});
