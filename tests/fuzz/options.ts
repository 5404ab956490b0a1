import { parseArgs } from "node:util";

/** What was asked for on the command line. */
export interface FuzzOptions {
  readonly targets: readonly string[];
  /** For all targets together. */
  readonly seconds: number;
  readonly seed: number;
  /** A file to run instead of searching. */
  readonly replay: string | null;
  /** Whether inputs that led somewhere new are put into the corpus. */
  readonly keep: boolean;
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const SECONDS = 300;

/**
 * Reads `[target…] [--seconds N] [--seed N] [--keep] [--replay FILE]`; without a target, all of them.
 *
 * @throws {UsageError} for a target or an option that there is not
 */
export function parseFuzzOptions(args: readonly string[], known: readonly string[]): FuzzOptions {
  const { values, positionals } = parsed(args);
  for (const target of positionals) {
    if (known.includes(target)) continue;
    throw new UsageError(`there is no target ${target}; there are: ${known.join(", ")}`);
  }
  return {
    targets: positionals.length === 0 ? known : positionals,
    seconds: wholeNumber(values.seconds ?? `${SECONDS}`, "--seconds", 1),
    seed: wholeNumber(values.seed ?? "1", "--seed", 0),
    replay: values.replay ?? null,
    keep: values.keep,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      // `deno task fuzz -- --seconds 10` hands its `--` on.
      args: args.filter((argument) => argument !== "--"),
      allowPositionals: true,
      options: {
        seconds: { type: "string" },
        seed: { type: "string" },
        replay: { type: "string" },
        keep: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function wholeNumber(text: string, option: string, least: number): number {
  const number = /^[0-9]{1,9}$/.test(text) ? Number(text) : -1;
  if (number < least) throw new UsageError(`${option} takes a whole number from ${least}`);
  return number;
}
