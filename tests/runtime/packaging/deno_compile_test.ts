import assert from "node:assert/strict";
import { join } from "node:path";
import {
  compileArguments,
  DenoCompiler,
  hasBaseBinary,
} from "../../../lib/runtime/packaging/deno_compile.ts";
import { here, PROBE } from "./probe_program.ts";
import { DENO_VERSION, TARGETS } from "../../../lib/runtime/packaging/targets.ts";

Deno.test("Every target is compiled with the flags of the table and none of the tree's own", () => {
  for (const target of TARGETS) {
    assert.deepEqual(compileArguments(PROBE, target, "probe.js", "probe"), [
      "compile",
      "--no-config",
      "--no-lock",
      "--no-check",
      "--no-code-cache",
      `--target=${target.triple}`,
      "--output=probe",
      "--quiet",
      "--no-prompt",
      "--unstable-net",
      "--allow-net",
      "--allow-write",
      "probe.js",
    ]);
  }
});

Deno.test("A base binary that lies ready is found, and none is asked for that is not one", async () => {
  const folder = await Deno.makeTempDir({ prefix: "compile " });
  const before = ["DENO_DIR", "DENORT_BIN"].map((key) => [key, Deno.env.get(key)] as const);
  try {
    Deno.env.delete("DENORT_BIN");
    Deno.env.set("DENO_DIR", folder);
    assert.equal(await hasBaseBinary(here()), false);
    const release = join(folder, "dl", "release", `v${DENO_VERSION}`);
    await Deno.mkdir(release, { recursive: true });
    await Deno.writeTextFile(join(release, `denort-${here().triple}.zip`), "no zip file");
    assert.equal(await hasBaseBinary(here()), true);
    const script = join(folder, "probe.js");
    await Deno.writeTextFile(script, "console.log(1)");
    const reason = await new DenoCompiler().compile(PROBE, here(), script, join(folder, "probe"));
    assert.match(reason ?? "", /^its base binary could not be had: \S/);
  } finally {
    for (const [key, value] of before) {
      if (value === undefined) Deno.env.delete(key);
      else Deno.env.set(key, value);
    }
    await Deno.remove(folder, { recursive: true });
  }
});
