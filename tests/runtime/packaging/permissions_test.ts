import assert from "node:assert/strict";
import { join } from "node:path";
import { PROGRAMS, RUN_PROGRAMS, runFlags } from "../../../lib/runtime/packaging/permissions.ts";
import { ROOT } from "./probe_program.ts";

const RUN = `--allow-run=${RUN_PROGRAMS.join(",")}`;

Deno.test("A packaged peer may start the programs of sound and of music, a server none", () => {
  const [server, peer] = ["server", "peer"].map((name) => {
    return runFlags(PROGRAMS.find((program) => program.name === name)!);
  });
  assert.ok(peer!.includes(RUN));
  assert.ok(!server!.some((flag) => flag.startsWith("--allow-run")));
});

Deno.test("The tasks and the pages name the same programs", async () => {
  const read = (name: string) => Deno.readTextFile(join(ROOT, name));
  const { tasks } = JSON.parse(await read("deno.json"));
  for (const task of ["start", "peer"]) assert.ok(tasks[task].command.includes(`${RUN} `), task);
  for (const page of ["README.md", "README.pt-BR.md"]) {
    const named = [...(await read(page)).matchAll(/--allow-run=[\w,]+/g)].map(([flag]) => flag);
    assert.ok(named.length > 0);
    for (const flag of named) assert.equal(flag, RUN, page);
  }
});
