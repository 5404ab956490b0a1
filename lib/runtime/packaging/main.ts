import { object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { multiple, withDefault } from "@optique/core/modifiers";
import { flag, option } from "@optique/core/primitives";
import { string } from "@optique/core/valueparser";
import { runSync } from "@optique/run";
import { fileURLToPath } from "node:url";
import { MIB } from "../../base/units.ts";
import { build, type BuiltFile, bundleAll, fileName, WAYS } from "./build.ts";
import { CHECKSUMS_FILE, writeChecksums } from "./checksums.ts";
import { PackagingError } from "./packaging_error.ts";
import { PROGRAMS } from "./permissions.ts";
import { findTarget, hostTarget, type Target, TARGETS } from "./targets.ts";

const PARSER = object({
  targets: multiple(option("--target", string({ metavar: "TARGET" }), {
    description: message`The kind of machine to build for, by its Rust name; may be repeated.`,
  })),
  all: withDefault(
    flag("--all", { description: message`Build for every kind of machine.` }),
    false,
  ),
  out: withDefault(
    option("--out", string({ metavar: "DIR" }), {
      description: message`The folder to write to; without it, dist.`,
    }),
    "dist",
  ),
});

/** The targets that were asked for, or the sentence that says what is wrong with them. */
function chooseTargets(names: readonly string[], all: boolean): Target[] | string {
  const list = TARGETS.map((target) => target.triple).join(", ");
  if (all) {
    return names.length === 0 ? [...TARGETS] : "Give either --all or --target, not both.";
  }
  const targets = names.length === 0 ? [hostTarget()] : names.map(findTarget);
  const unknown = targets.indexOf(null);
  if (unknown >= 0) {
    return `Unknown target ${names[unknown] ?? Deno.build.target}; there are: ${list}.`;
  }
  return [...new Set(targets)].filter((target) => target !== null);
}

/** One line on a file: what it is, how it was made, and why so. */
function report(file: BuiltFile): string {
  const parts = [
    `${file.path}: ${(file.length / MIB).toFixed(1)} MiB, ${file.way}`,
    file.denoOrigin === null ? [] : `with ${file.denoOrigin}`,
    file.tried ? "tried" : "not tried here",
    file.notCompiled === null ? [] : `not by deno compile: ${file.notCompiled}`,
  ];
  return parts.flat().join("; ");
}

/**
 * `deno task compile`: writes the files and their checksums, says which way each took.
 *
 * @returns the exit code: 0 all built, 1 some not, 2 wrong arguments
 */
export async function main(args: readonly string[]): Promise<number> {
  const chosen = runSync(PARSER, {
    args,
    programName: "deno task compile",
    help: "option",
    errorExitCode: 2,
    brief: message`Builds server and peer as single files.`,
  });
  const targets = chooseTargets(chosen.targets, chosen.all);
  if (typeof targets === "string") {
    console.error(targets);
    return 2;
  }
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  let failures = 0;
  try {
    const { out } = chosen;
    const scripts = await bundleAll(root, PROGRAMS);
    for await (const result of build(scripts, { out, targets, level: 9, compile: true })) {
      if ("error" in result) {
        failures += 1;
        console.error(`${result.target.triple}: nothing was built. ${result.error.message}`);
      } else {
        console.log(report(result));
      }
    }
    const names = await writeChecksums(out, isOurs);
    console.log(`${out}/${CHECKSUMS_FILE}: ${names.length} files`);
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error;
    console.error(error.message);
    return 1;
  }
  return failures === 0 ? 0 : 1;
}

const OUR_NAMES = new Set(
  PROGRAMS.flatMap(({ name }) =>
    TARGETS.flatMap((target) => WAYS.map((way) => fileName(name, target, way)))
  ),
);

function isOurs(name: string): boolean {
  return OUR_NAMES.has(name);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
