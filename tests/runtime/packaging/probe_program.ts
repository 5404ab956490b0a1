import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import {
  build,
  type BuildOptions,
  type BuiltFile,
  bundleAll,
} from "../../../lib/runtime/packaging/build.ts";
import type { Program } from "../../../lib/runtime/packaging/permissions.ts";
import { hostTarget, type Target } from "../../../lib/runtime/packaging/targets.ts";

/** The project's folder. */
export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** The program of `fixtures/probe_main.ts`, with the permissions of the real ones. */
export const PROBE: Program = {
  name: "probe",
  entry: "tests/runtime/packaging/fixtures/probe_main.ts",
  permissions: ["--allow-net", "--allow-write"],
};

/** This machine, as a target. */
export function here(): Target {
  const target = hostTarget();
  assert(target !== null, "files can be built for this machine");
  return target;
}

/** Builds the probe for this machine, compressed fast, in the way that needs no network. */
export async function buildProbe(
  out: string,
  options: Partial<BuildOptions> = {},
): Promise<BuiltFile> {
  const scripts = await bundleAll(ROOT, [PROBE]);
  const all: BuildOptions = { out, targets: [here()], level: 1, compile: false, ...options };
  const results = await Array.fromAsync(build(scripts, all));
  const [result] = results;
  assert(result !== undefined && results.length === 1);
  if ("error" in result) throw result.error;
  return result;
}
