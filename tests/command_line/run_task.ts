import { type Asked, type Option, readArguments, type Task, UsageError } from "./command_line.ts";
import { helpOf } from "./help.ts";
import { terminalColumns } from "./terminal_columns.ts";

const WRONG = 2;

/**
 * Runs a developer task: shows its help, or says what is wrong with the command line, or does what
 * was asked for.
 *
 * @param run does it, and gives the exit code; may throw {@link UsageError} as well
 * @returns the exit code
 */
export async function runTask<O extends Readonly<Record<string, Option>>>(
  task: Task<O>,
  args: readonly string[],
  run: (asked: Asked<O>) => number | Promise<number>,
): Promise<number> {
  if (args.includes("--help")) {
    console.log(helpOf(task, terminalColumns()));
    return 0;
  }
  try {
    return await run(readArguments(task, args));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return WRONG;
  }
}
