import { labelled } from "./labelled.ts";
import { wrapLine } from "../../lib/terminal/text/wrap.ts";
import type { Option, Task } from "./command_line.ts";

/** The text of a task's `--help`, `columns` wide. */
export function helpOf(
  { name, about, choice, options, exits }: Task<Readonly<Record<string, Option>>>,
  columns: number,
): string {
  const lines = [
    `Usage: deno task ${name}${choice === undefined ? "" : ` [${choice.what}…]`} [options]`,
    "",
    ...wrapLine(about, columns, 0),
    "",
  ];
  if (choice !== undefined) {
    lines.push(
      ...wrapLine(`Each ${choice.what} by its name; without one, all of them:`, columns, 0),
      ...wrapLine(`  ${choice.known.join(", ")}`, columns, 2),
      "",
    );
  }
  lines.push(
    "Options:",
    ...labelled(
      [
        ...Object.entries(options).map(([option, spec]) => [signature(option, spec), told(spec)]),
        ["--help", "Shows this, and does nothing else."],
      ],
      columns,
    ),
    "",
    "Exit codes:",
    ...labelled(
      Object.entries({ ...exits, 2: "The command line is wrong." }),
      columns,
    ),
  );
  return lines.join("\n");
}

function signature(name: string, option: Option): string {
  if (option.kind === "flag") return `--${name}`;
  return `--${name} ${option.kind === "text" ? option.metavar : "N"}`;
}

function told(option: Option): string {
  if (option.kind === "flag" || option.kind === "text") return option.about;
  const { kind, about, usual, least, most } = option;
  const number = kind === "whole" ? "a whole number" : "a number";
  return `${about} N is ${number} from ${least} to ${most}; without the option, ${usual}.`;
}
