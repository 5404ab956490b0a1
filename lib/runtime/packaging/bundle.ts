import { join, relative } from "node:path";
import { MINUTE } from "../../base/units.ts";
import { failureOf, runChild } from "./child.ts";
import { PackagingError } from "./packaging_error.ts";

/** `deno bundle` fetches its bundler the first time; afterwards it takes a fraction of a second. */
const BUNDLE_DEADLINE = 3 * MINUTE;

/**
 * Packages that no script can hold, because they are machine code for one system. Where they are
 * imported, a program finds none.
 */
const EXTERNAL = ["decibri"];

/**
 * The program that starts at `entry` and everything that it imports, as one script.
 *
 * The bundler writes the path of each module into the script, relative to the folder it runs in;
 * those of the package cache are cut down to `npm/NAME/VERSION/…`, so that the same tree gives the
 * same bytes on every machine and nobody's folders are published.
 *
 * @param root the project's folder, with `deno.json`
 * @param entry the entry file, absolute or relative to `root`
 * @throws {PackagingError} the bundler failed; its error is in the message
 */
export async function bundle(root: string, entry: string): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await Deno.makeTempDir({ prefix: "bundle-" });
  try {
    const output = join(folder, "bundle.js");
    const external = EXTERNAL.map((name) => `--external=${name}`);
    const args = ["bundle", "--quiet", "--platform=deno", ...external, `--output=${output}`, entry];
    const result = await runChild(Deno.execPath(), args, { cwd: root, deadline: BUNDLE_DEADLINE });
    if (result.code !== 0) {
      throw new PackagingError(`${entry} could not be bundled: ${failureOf(result)}`);
    }
    const cache = relative(await Deno.realPath(root), await packageCache());
    return new TextEncoder().encode(withoutPaths(await Deno.readTextFile(output), cache));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** `script` with the folder of the package cache, and of the registry inside it, cut to `npm`. */
export function withoutPaths(script: string, cache: string): string {
  const prefix = cache.replaceAll("\\", "/").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return script.replace(new RegExp(`${prefix}/[^/\\s"]+/`, "g"), "npm/");
}

async function packageCache(): Promise<string> {
  const result = await runChild(Deno.execPath(), ["info", "--json", "--no-config"], {
    deadline: MINUTE,
  });
  const { npmCache } = JSON.parse(result.stdout) as { npmCache: string };
  return await Deno.realPath(npmCache).catch(() => npmCache);
}
