import { PLAIN_COLUMNS } from "../console/console.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { MessageKey } from "../messages/sentence.ts";
import { displayWidth, padToWidth } from "../text/width.ts";
import { wrapLine } from "../text/wrap.ts";
import type { CommandRow, System } from "./command_row.ts";
import { COMMANDS, findCommand } from "./commands.ts";

/** The heading of each system's commands. */
const GROUPS: Readonly<Record<System, MessageKey>> = {
  chat: "command.group.chat",
  call: "command.group.call",
  music: "command.group.music",
  overlay: "command.group.overlay",
  program: "command.group.program",
};

const INDENT = "  ";
const GAP = "  ";
/** A narrower column of summaries is harder to read than summaries under their commands. */
const NARROWEST_SUMMARY = 24;

/**
 * The lines of `/help`, or those about one command (its name or an alias; null for all). Each
 * command with its summary fits in `columns`; what stands around them is left to the console.
 */
export function helpLines(
  t: Translator,
  topic: string | null,
  columns: number = PLAIN_COLUMNS,
): string[] {
  const row = topic === null ? undefined : findCommand(topic);
  return row === undefined ? allCommands(t, columns) : oneCommand(t, row);
}

function allCommands(t: Translator, columns: number): string[] {
  const systems = [...new Set(COMMANDS.map((row) => row.system))];
  const usageColumns = Math.max(...COMMANDS.map((row) => displayWidth(t(row.usage))));
  return [
    ...systems.flatMap((system) => [
      t.sentence({ key: GROUPS[system], values: {} }),
      ...COMMANDS.filter((row) => row.system === system).flatMap((row) =>
        entry({ usage: t(row.usage), summary: t(row.summary) }, usageColumns, columns)
      ),
    ]),
    t("command.help.text"),
    t("command.help.names", { example: '/chat "Ana Maria"' }),
  ];
}

/** One command with its summary beside it or, where that leaves too little room, under it. */
function entry(
  { usage, summary }: { readonly usage: string; readonly summary: string },
  usageColumns: number,
  columns: number,
): string[] {
  const before = INDENT.length + usageColumns + GAP.length;
  if (columns - before < NARROWEST_SUMMARY) {
    const under = INDENT.repeat(2);
    return [INDENT + usage, ...wrapLine(under + summary, columns, under.length)];
  }
  return wrapLine(INDENT + padToWidth(usage, usageColumns) + GAP + summary, columns, before);
}

function oneCommand(t: Translator, row: CommandRow): string[] {
  const say = (key: MessageKey) => t.sentence({ key, values: {} });
  return [
    `${say(row.usage)}${INDENT}${say(row.summary)}`,
    ...row.aliases.length > 0
      ? [t("command.help.aliases", { aliases: row.aliases.map((word) => `/${word}`).join(", ") })]
      : [],
    t("command.help.examples"),
    ...row.examples.map((example) => INDENT + example),
  ];
}
