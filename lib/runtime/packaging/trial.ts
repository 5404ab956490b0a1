import { MINUTE } from "../../base/units.ts";
import { failureOf, runChild } from "./child.ts";
import { type Program, runFlags } from "./permissions.ts";

/**
 * Tries a file that was made for this machine: `FILE --version` must print what the script itself
 * prints, run by Deno. It is not enough that it runs: compiled onto a wrong base binary, a file
 * runs well, as a Deno that knows nothing of the program.
 *
 * @param script path of the bundle
 * @param cacheHome folder in which the file may unpack itself
 * @returns null, or what is wrong
 */
export async function tryFile(
  file: string,
  program: Program,
  script: string,
  cacheHome: string,
): Promise<string | null> {
  const options = { cwd: cacheHome, env: { XDG_CACHE_HOME: cacheHome }, deadline: MINUTE };
  const wanted = await runChild(
    Deno.execPath(),
    ["run", ...runFlags(program), script, "--version"],
    options,
  );
  if (wanted.code !== 0) return `the program itself fails: ${failureOf(wanted)}`;
  let got;
  try {
    got = await runChild(file, ["--version"], options);
  } catch (error) {
    if (error instanceof Error) return `it does not start: ${error.message}`;
    throw error;
  }
  if (got.code !== 0) return `it fails: ${failureOf(got)}`;
  if (got.stdout !== wanted.stdout) return "it runs something else than the program";
  return null;
}
