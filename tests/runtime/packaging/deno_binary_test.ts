import assert from "node:assert/strict";
import { denoBinary } from "../../../lib/runtime/packaging/deno_binary.ts";
import { PackagingError } from "../../../lib/runtime/packaging/packaging_error.ts";
import { findTarget, type Target } from "../../../lib/runtime/packaging/targets.ts";
import { packageRegistry, windowsExecutable } from "./package_registry.ts";
import { here } from "./probe_program.ts";

// A version that no machine runs, so that it always comes from the registry.
const VERSION = "0.0.1";

function windows(): Target {
  const target = findTarget("x86_64-pc-windows-msvc");
  assert(target !== null);
  return target;
}

Deno.test("For this machine it is the Deno that runs", async () => {
  const { bytes, origin } = await denoBinary(here(), Deno.version.deno);
  assert.equal(bytes.length, (await Deno.stat(Deno.execPath())).size);
  assert.equal(origin, "the Deno that runs this");
});

Deno.test("For others it is what their package in the registry holds", async () => {
  const executable = windowsExecutable();
  await using _registry = await packageRegistry(
    "@deno/win32-x64",
    VERSION,
    "deno.exe",
    executable,
  );
  const { bytes, origin } = await denoBinary(windows(), VERSION);
  assert.deepEqual(new Uint8Array(bytes), executable);
  assert.equal(origin, "the package @deno/win32-x64@0.0.1");
});

Deno.test("A package with an executable for something else is refused", async () => {
  const wrong = windowsExecutable().fill(0, 0x84);
  await using _registry = await packageRegistry("@deno/win32-x64", VERSION, "deno.exe", wrong);
  await assert.rejects(
    denoBinary(windows(), VERSION),
    new PackagingError(
      "The package @deno/win32-x64@0.0.1 holds no executable for x86_64-pc-windows-msvc.",
    ),
  );
});

Deno.test("A package or a version that the registry lacks is a sentence that names it", async () => {
  await using _registry = await packageRegistry(
    "@deno/win32-x64",
    VERSION,
    "deno.exe",
    windowsExecutable(),
  );
  for (const [target, version] of [[windows(), "0.0.2"], [here(), VERSION]] as const) {
    await assert.rejects(denoBinary(target, version), (error: Error) => {
      assert.ok(error instanceof PackagingError);
      const name = `${target.npmPackage}@${version}`;
      assert.ok(error.message.startsWith(`The package ${name} could not be had: `), error.message);
      return true;
    });
  }
});
