import { join } from "node:path";
import { MINUTE } from "../../base/units.ts";
import { failureOf, runChild } from "./child.ts";
import { executableKind, HEAD_LENGTH } from "./executable_kind.ts";
import { COMMON_FLAGS, type Program } from "./permissions.ts";
import { DENO_VERSION, isHost, type Target } from "./targets.ts";

/** The base binary is about 40 MB: time enough for a line of 2.5 Mbit/s. */
const COMPILE_DEADLINE = 3 * MINUTE;

/**
 * `deno compile`, with what is learnt while it is used: a base binary that could not be downloaded
 * once is not asked for again, so that a build without that network waits for it once and no more.
 */
export class DenoCompiler {
  #downloadFailure: string | null = null;

  /**
   * Compiles the script of `program`, a bundle, to `output`.
   *
   * @returns null, or why there is no output
   */
  async compile(
    program: Program,
    target: Target,
    script: string,
    output: string,
  ): Promise<string | null> {
    if (Deno.version.deno !== DENO_VERSION) {
      return `this is Deno ${Deno.version.deno}, not ${DENO_VERSION}`;
    }
    const seeded = await hasBaseBinary(target);
    if (!seeded && this.#downloadFailure !== null) return this.#downloadFailure;
    const env = Deno.env.toObject();
    // One file for all targets would be wrong for all but one of them.
    if (!isHost(target)) delete env.DENORT_BIN;
    const result = await runChild(
      Deno.execPath(),
      compileArguments(program, target, script, output),
      { env, clearEnv: true, deadline: COMPILE_DEADLINE },
    );
    if (result.code === 0) {
      return await isFor(target, output) ? null : "its base binary is made for something else";
    }
    const failure = `its base binary could not be had: ${failureOf(result)}`;
    if (!seeded) this.#downloadFailure = failure;
    return failure;
  }
}

/**
 * The arguments of `deno` that compile `script`. The code cache is left out: it would lie under a
 * guessable name in the folder for temporary files, where somebody else can put one.
 */
export function compileArguments(
  program: Program,
  target: Target,
  script: string,
  output: string,
): string[] {
  return [
    "compile",
    "--no-config",
    "--no-lock",
    "--no-check",
    "--no-code-cache",
    `--target=${target.triple}`,
    `--output=${output}`,
    ...COMMON_FLAGS,
    ...program.engine ?? [],
    ...program.permissions,
    script,
  ];
}

/** Whether the executable `file` is made for `target`. */
async function isFor(target: Target, file: string): Promise<boolean> {
  using opened = await Deno.open(file);
  const head = new Uint8Array(HEAD_LENGTH);
  await opened.read(head);
  return executableKind(head) === target.kind;
}

/** Whether the base binary for `target` lies where `deno compile` finds it without the network. */
export async function hasBaseBinary(target: Target): Promise<boolean> {
  if (isHost(target) && Deno.env.has("DENORT_BIN")) return true;
  const result = await runChild(Deno.execPath(), ["info", "--json", "--no-config"], {
    deadline: MINUTE,
  });
  const { denoDir } = JSON.parse(result.stdout) as { denoDir: string };
  const zip = join(denoDir, "dl", "release", `v${DENO_VERSION}`, `denort-${target.triple}.zip`);
  return await Deno.stat(zip).then((info) => info.isFile, () => false);
}
