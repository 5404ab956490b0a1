import assert from "node:assert/strict";
import { TARGETS } from "../../../lib/runtime/packaging/targets.ts";
import { ROOT } from "./probe_program.ts";
import { outcome } from "./ordinary_user.ts";

function packaging(...args: string[]) {
  const command = ["run", "--quiet", "--allow-all", "lib/runtime/packaging/main.ts", ...args];
  return outcome(new Deno.Command(Deno.execPath(), { args: command, cwd: ROOT }));
}

Deno.test("An unknown target is one sentence with those that there are", async () => {
  const { code, stdout, stderr } = await packaging("--target", "pdp11-dec-unix");
  assert.deepEqual([code, stdout], [2, ""]);
  const list = TARGETS.map((target) => target.triple).join(", ");
  assert.equal(stderr, `Unknown target pdp11-dec-unix; there are: ${list}.\n`);
});

Deno.test("Both --all and --target, or an unknown option, is a mistake of usage", async () => {
  const both = await packaging("--all", "--target", "x86_64-apple-darwin");
  assert.deepEqual([both.code, both.stderr], [2, "Give either --all or --target, not both.\n"]);
  assert.equal((await packaging("--nonsense")).code, 2);
});

Deno.test("Help names every option", async () => {
  const { code, stdout } = await packaging("--help");
  assert.equal(code, 0);
  for (const option of ["--target TARGET", "--all", "--out DIR"]) {
    assert.ok(stdout.includes(option));
  }
});
