/** What was asked for on the command line. */
export interface Options {
  readonly suites: readonly string[];
  readonly quick: boolean;
  /** Whether the page of figures is written. */
  readonly write: boolean;
  readonly selfCheck: boolean;
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Reads `[suite…] [--quick] [--write] [--self-check]`; without a suite, all of them. A run of all
 * of them writes the page, unless it is a rough one or one of the bench itself.
 *
 * @throws {UsageError} for a suite or an option that there is not
 */
export function parseOptions(args: readonly string[], known: readonly string[]): Options {
  const flags = new Set(args.filter((arg) => arg.startsWith("-")));
  const suites = args.filter((arg) => !flags.has(arg));
  const all = suites.length === 0;
  const quick = flags.delete("--quick");
  const selfCheck = flags.delete("--self-check");
  const write = flags.delete("--write") || all && !quick && !selfCheck;
  const options = { suites: all ? known : suites, quick, write, selfCheck };
  for (const flag of flags) {
    throw new UsageError(`there is no ${flag}; there are --quick, --write and --self-check`);
  }
  for (const suite of suites) {
    if (!known.includes(suite)) {
      throw new UsageError(`there is no suite ${suite}; there are: ${known.join(", ")}`);
    }
  }
  return options;
}
