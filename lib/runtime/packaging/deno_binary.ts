import { join } from "node:path";
import { MINUTE } from "../../base/units.ts";
import { failureOf, runChild } from "./child.ts";
import { executableKind, HEAD_LENGTH } from "./executable_kind.ts";
import { PackagingError } from "./packaging_error.ts";
import { DENO_VERSION, isHost, type Target } from "./targets.ts";

/** A platform package is about 40 MB: time enough for a line of 2.5 Mbit/s. */
const FETCH_DEADLINE = 3 * MINUTE;

/** A Deno executable, and where it came from in words. */
export interface DenoBinary {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly origin: string;
}

/**
 * The Deno executable for `target`: the one that runs this, where it fits, else the one of the
 * platform package of the npm registry, fetched and verified by Deno's own client of it and kept in
 * its cache.
 *
 * @throws {PackagingError} the package cannot be had, or holds something else
 */
export async function denoBinary(
  target: Target,
  version: string = DENO_VERSION,
): Promise<DenoBinary> {
  if (isHost(target) && Deno.version.deno === version) {
    return { bytes: await Deno.readFile(Deno.execPath()), origin: "the Deno that runs this" };
  }
  const name = `${target.npmPackage}@${version}`;
  const bytes = await Deno.readFile(join(await fetchPackage(name), target.denoFile));
  if (executableKind(bytes.subarray(0, HEAD_LENGTH)) !== target.kind) {
    throw new PackagingError(`The package ${name} holds no executable for ${target.triple}.`);
  }
  return { bytes, origin: `the package ${name}` };
}

/** Fetches a package of the npm registry and tells the folder in which it lies. */
async function fetchPackage(name: string): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "fetch-" });
  try {
    const options = { cwd: folder, deadline: FETCH_DEADLINE };
    const specifier = `npm:${name}`;
    const args = ["--no-config", "--no-lock", specifier];
    const fetched = await runChild(Deno.execPath(), ["cache", ...args], options);
    if (fetched.code !== 0) {
      throw new PackagingError(`The package ${name} could not be had: ${failureOf(fetched)}`);
    }
    const { stdout } = await runChild(Deno.execPath(), ["info", "--json", ...args], options);
    const { npmPackages } = JSON.parse(stdout) as {
      npmPackages: Record<string, { localPath: string }>;
    };
    const path = npmPackages[name]?.localPath;
    if (path === undefined) throw new PackagingError(`The package ${name} is not in Deno's cache.`);
    return path;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
