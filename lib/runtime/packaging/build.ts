import { basename, join, resolve } from "node:path";
import { bundle } from "./bundle.ts";
import { denoBinary } from "./deno_binary.ts";
import { DenoCompiler } from "./deno_compile.ts";
import { PackagingError } from "./packaging_error.ts";
import type { Program } from "./permissions.ts";
import { type CompressionLevel, packDeno, selfExtractingFile } from "./self_extracting.ts";
import { isHost, type Target } from "./targets.ts";
import { tryFile } from "./trial.ts";
import { windowsZip } from "./windows_zip.ts";

/** What to build, and how. */
export interface BuildOptions {
  /** The folder that the files are written to; made if it is not there. */
  readonly out: string;
  readonly targets: readonly Target[];
  readonly level: CompressionLevel;
  /** Whether to try `deno compile` before the file that brings a whole Deno. */
  readonly compile: boolean;
}

/** The ways in which a file can be made. */
export const WAYS = ["deno compile", "self-extracting", "zip"] as const;

/** How a file came about. */
export interface BuiltFile {
  readonly program: Program;
  readonly target: Target;
  /** Its path. */
  readonly path: string;
  /** Its length in bytes. */
  readonly length: number;
  readonly way: (typeof WAYS)[number];
  /** Why `deno compile` was not used, or null if it was, or was not to be tried. */
  readonly notCompiled: string | null;
  /** Where Deno came from, or null for a compiled file. */
  readonly denoOrigin: string | null;
  /** Whether it was run here; those for other machines cannot be. */
  readonly tried: boolean;
}

/** Nothing could be built for a target. */
export interface FailedTarget {
  readonly target: Target;
  readonly error: PackagingError;
}

/** The name of the file of `program` for `target`, by the way in which it is made. */
export function fileName(program: string, target: Target, way: BuiltFile["way"]): string {
  const ending = target.os !== "windows" ? "" : way === "deno compile" ? ".exe" : ".zip";
  return `${program}-${target.triple}${ending}`;
}

/** A program as one script, ready to be put into files. */
export interface Script {
  readonly program: Program;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The scripts of `programs`, in their order.
 *
 * @param root the project's folder
 * @throws {PackagingError} one of them cannot be bundled
 */
export async function bundleAll(root: string, programs: readonly Program[]): Promise<Script[]> {
  const scripts: Script[] = [];
  for (const program of programs) {
    scripts.push({ program, bytes: await bundle(root, program.entry) });
  }
  return scripts;
}

/**
 * Builds the file of every script for every target, one after the other, and tells of each as it
 * is there. A target for which it cannot be done does not stop the others.
 */
export async function* build(
  scripts: readonly Script[],
  options: BuildOptions,
): AsyncGenerator<BuiltFile | FailedTarget> {
  await Deno.mkdir(options.out, { recursive: true });
  // Inside the output folder: files are tried before they are moved, and the folder for temporary
  // files may be one from which no program may run.
  const work = await Deno.makeTempDir({ dir: resolve(options.out), prefix: ".building-" });
  try {
    const drafts: Draft[] = [];
    for (const script of scripts) {
      const path = join(work, `${script.program.name}.js`);
      await Deno.writeFile(path, script.bytes);
      drafts.push({ ...script, path });
    }
    const compiler = options.compile ? new DenoCompiler() : null;
    for (const target of options.targets) {
      try {
        yield* buildTarget(target, drafts, work, compiler, options);
      } catch (error) {
        if (!(error instanceof PackagingError)) throw error;
        yield { target, error };
      }
    }
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

/** A script that lies in the work folder. */
interface Draft extends Script {
  readonly path: string;
}

async function* buildTarget(
  target: Target,
  scripts: readonly Draft[],
  work: string,
  compiler: DenoCompiler | null,
  { out, level }: BuildOptions,
): AsyncGenerator<BuiltFile> {
  const reasons = new Map<Draft, string | null>();
  for (const script of scripts) {
    const draft = join(work, fileName(script.program.name, target, "deno compile"));
    let reason = compiler && await compiler.compile(script.program, target, script.path, draft);
    if (compiler !== null && reason === null) {
      reason = await trial(draft, target, script, work);
      if (reason === null) {
        yield await publish(draft, out, script.program, target, {
          way: "deno compile",
          notCompiled: null,
          denoOrigin: null,
        });
        continue;
      }
    }
    reasons.set(script, reason);
  }
  if (reasons.size === 0) return;

  const deno = await denoBinary(target);
  const packed = target.os === "windows" ? null : await packDeno(deno.bytes, level);
  for (const [script, notCompiled] of reasons) {
    const { program } = script;
    const way = packed === null ? "zip" : "self-extracting";
    const name = fileName(program.name, target, way);
    const draft = join(work, name);
    const parts = packed === null
      ? [windowsZip(program, script.bytes, deno.bytes, level)]
      : await selfExtractingFile(program, target, script.bytes, packed);
    await Deno.writeFile(draft, new Blob(parts as Uint8Array<ArrayBuffer>[]).stream());
    if (packed !== null) await Deno.chmod(draft, 0o755);
    const wrong = await trial(draft, target, script, work);
    if (wrong !== null) throw new PackagingError(`${name} was built, but ${wrong}.`);
    yield await publish(draft, out, program, target, {
      way,
      notCompiled,
      denoOrigin: deno.origin,
    });
  }
}

/** What is wrong with a file for this machine, or null; null for those of other machines. */
async function trial(
  file: string,
  target: Target,
  { program, path }: Draft,
  work: string,
): Promise<string | null> {
  if (!isHost(target) || file.endsWith(".zip")) return null;
  return await tryFile(file, program, path, work);
}

/**
 * Puts a finished file in its place at once, also where an older one is running from there, and
 * removes one that an earlier build made in another way.
 */
async function publish(
  draft: string,
  out: string,
  program: Program,
  target: Target,
  how: Pick<BuiltFile, "way" | "notCompiled" | "denoOrigin">,
): Promise<BuiltFile> {
  const path = join(out, basename(draft));
  await Deno.rename(draft, path);
  for (const way of WAYS) {
    const other = join(out, fileName(program.name, target, way));
    if (other !== path) await Deno.remove(other).catch(ignoreNotFound);
  }
  const { size } = await Deno.stat(path);
  const tried = isHost(target) && how.way !== "zip";
  return { program, target, path, length: size, tried, ...how };
}

function ignoreNotFound(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
