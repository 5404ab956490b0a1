/** The tasks themselves, each in a process: that all of them read their command line alike. */
import { match, strictEqual } from "node:assert/strict";
import { fileURLToPath } from "node:url";

async function run(task: string, ...args: string[]) {
  const main = fileURLToPath(new URL(`../${task}/main.ts`, import.meta.url));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", main, ...args],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

for (const task of ["attack", "sim", "bench", "fuzz", "soak"]) {
  Deno.test(`deno task ${task}: --help, and a wrong command line`, async () => {
    const help = await run(task, "--", "--help");
    strictEqual(help.code, 0, help.stderr);
    strictEqual(help.stderr, "");
    match(help.stdout, new RegExp(`^Usage: deno task ${task} .*\\n[^]*\\nExit codes:\\n  0  `));
    const wrong = await run(task, "--nothing");
    strictEqual(wrong.code, 2, wrong.stderr);
    strictEqual(wrong.stdout, "");
    strictEqual(wrong.stderr, "There is no option --nothing; --help lists them.\n");
  });
}
