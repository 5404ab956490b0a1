import { strict as assert } from "node:assert";

const MODULE = new URL("../../lib/runtime/end_signal.ts", import.meta.url);

/** Runs a program that has `signal` sent to itself, in a process of its own. */
async function run(program: string) {
  const { signal, code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", `import { EndSignal } from ${JSON.stringify(MODULE)};\n${program}`],
  }).output();
  return { signal, code, output: new TextDecoder().decode(stdout) };
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  Deno.test(`${signal} is told and does not end the process`, async () => {
    const program = `using ending = new EndSignal();
      Deno.kill(Deno.pid, "${signal}");
      await ending.came;
      console.log("told");`;
    assert.deepEqual(await run(program), { signal: null, code: 0, output: "told\n" });
  });
}

Deno.test("once it is disposed, the next signal ends the process", async () => {
  const program = `{
      using ending = new EndSignal();
      Deno.kill(Deno.pid, "SIGTERM");
      await ending.came;
      console.log("told");
    }
    Deno.kill(Deno.pid, "SIGTERM");
    setTimeout(() => console.log("not ended"), 60_000);`;
  const { signal, output } = await run(program);
  assert.deepEqual({ signal, output }, { signal: "SIGTERM", output: "told\n" });
});
