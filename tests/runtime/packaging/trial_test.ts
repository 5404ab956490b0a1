import assert from "node:assert/strict";
import { join } from "node:path";
import { tryFile } from "../../../lib/runtime/packaging/trial.ts";
import { PROBE } from "./probe_program.ts";

/** What is wrong with a shell script as the file of a program whose bundle is `script`. */
async function wrong(file: string, script = "console.log('probe 1', Deno.args[0])") {
  const folder = await Deno.makeTempDir({ prefix: "trial " });
  try {
    const [bundle, path] = [join(folder, "probe.js"), join(folder, "probe")];
    await Deno.writeTextFile(bundle, script);
    await Deno.writeTextFile(path, file, { mode: 0o755 });
    return await tryFile(path, PROBE, bundle, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("A file is right that prints what the program prints", async () => {
  assert.equal(await wrong("#!/bin/sh\necho probe 1 $1"), null);
});

Deno.test("A file that prints something else, fails or does not start is wrong", async () => {
  assert.equal(await wrong("#!/bin/sh\necho deno 2"), "it runs something else than the program");
  assert.equal(await wrong("#!/bin/sh\nexit 3"), "it fails: exit code 3");
  assert.match(await wrong("#!/no/such/shell\n") ?? "", /^it does not start: /);
});

Deno.test("A program that fails itself is not the file's fault", async () => {
  const reason = await wrong("#!/bin/sh\n", "throw new Error('mute')");
  assert.match(reason ?? "", /^the program itself fails: /);
});
