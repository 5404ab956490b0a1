/** What one option of a developer task takes. */
export type Option =
  & { readonly about: string }
  & (
    | { readonly kind: "flag" }
    | { readonly kind: "text"; readonly metavar: string }
    | NumberOption
  );

/** A number with its bounds, and the one that it is where it is left out. */
export interface NumberOption {
  readonly kind: "whole" | "decimal";
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

/** A developer task as one types it: `deno task <name>`. */
export interface Task<O extends Readonly<Record<string, Option>>> {
  readonly name: string;
  readonly about: string;
  /** Words that choose what is done; without any, all of it. */
  readonly choice?: { readonly what: string; readonly known: readonly string[] };
  readonly options: O;
  /** What each exit code says, besides 2, which is a wrong command line. */
  readonly exits: Readonly<Record<number, string>>;
}

type ValueOf<O extends Option> = O["kind"] extends "flag" ? boolean
  : O["kind"] extends "text" ? string | null
  : number;

/** What was asked for: the words as they came, and every option, the usual where it was left out. */
export interface Asked<O extends Readonly<Record<string, Option>>> {
  readonly words: readonly string[];
  readonly values: { readonly [K in keyof O]: ValueOf<O[K]> };
}

/** The command line is wrong; the message says how, in one sentence. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Reads the arguments of a task, in any order. An option may stand twice, the last one counts; its
 * value follows it or its `=`.
 *
 * @throws {UsageError} for an option, a value or a word that there is not
 */
export function readArguments<O extends Readonly<Record<string, Option>>>(
  task: Task<O>,
  args: readonly string[],
): Asked<O> {
  const values = Object.fromEntries(
    Object.entries<Option>(task.options).map(([name, option]) => [name, usualOf(option)]),
  );
  const words: string[] = [];
  // `deno task fuzz -- --seconds 10` hands its `--` on.
  const left = args.filter((arg) => arg !== "--");
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (!arg.startsWith("-")) {
      words.push(knownWord(task, arg));
      continue;
    }
    const [, given, attached] = /^([^=]*)(?:=([^]*))?$/.exec(arg)!;
    const name = given!.slice(2);
    const option = given!.startsWith("--") && Object.hasOwn(task.options, name)
      ? task.options[name]!
      : null;
    if (option === null) throw new UsageError(`There is no option ${given}; --help lists them.`);
    if (option.kind === "flag") {
      if (attached !== undefined) throw new UsageError(`${given} takes no value.`);
      values[name] = true;
      continue;
    }
    // A negative number is a value, though a wrong one.
    const follows = attached === undefined && !(left[0]?.startsWith("--") ?? true);
    values[name] = valueOf(given!, option, follows ? left.shift()! : attached ?? "");
  }
  return { words, values: values as Asked<O>["values"] };
}

function usualOf(option: Option): boolean | string | null | number {
  if (option.kind === "flag") return false;
  return option.kind === "text" ? null : option.usual;
}

function knownWord({ name, choice }: Task<Readonly<Record<string, Option>>>, word: string): string {
  if (choice === undefined) {
    throw new UsageError(`deno task ${name} takes options only, not “${word}”.`);
  }
  if (choice.known.includes(word)) return word;
  throw new UsageError(`There is no ${choice.what} “${word}”; --help lists them.`);
}

function valueOf(
  name: string,
  option: Exclude<Option, { readonly kind: "flag" }>,
  text: string,
): string | number {
  if (option.kind === "text") {
    if (text !== "") return text;
    throw new UsageError(`${name} takes a ${option.metavar.toLowerCase()}, and there is none.`);
  }
  const { kind, least, most } = option;
  const form = kind === "whole" ? /^[0-9]+$/ : /^[0-9]+(?:\.[0-9]+)?$/;
  const value = form.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  const wanted = `a ${kind === "whole" ? "whole " : ""}number from ${least} to ${most}`;
  throw new UsageError(
    text === ""
      ? `${name} takes ${wanted}, and there is none.`
      : `${name} takes ${wanted}, not “${text}”.`,
  );
}
