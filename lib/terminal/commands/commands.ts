import { callCommands } from "./call_commands.ts";
import { chatCommands } from "./chat_commands.ts";
import type { CommandOf, CommandRow } from "./command_row.ts";
import { musicCommands } from "./music_commands.ts";
import { overlayCommands } from "./overlay_commands.ts";
import { programCommands } from "./program_commands.ts";

/** Every slash command, in the order of `/help`. The tables of all systems are joined here. */
export const COMMANDS = [
  ...chatCommands,
  ...callCommands,
  ...musicCommands,
  ...overlayCommands,
  ...programCommands,
] as const;

/** A command with its arguments, as a union over the whole table. */
export type Command = CommandOf<typeof COMMANDS[number]>;

const byWord = new Map<string, CommandRow>(
  COMMANDS.flatMap((row: CommandRow) => [row.name, ...row.aliases].map((word) => [word, row])),
);

/** Every word that follows a slash, aliases included. */
export const COMMAND_WORDS: readonly string[] = [...byWord.keys()];

/** The command of a name or an alias, without its slash, in any case; undefined for none. */
export function findCommand(word: string): CommandRow | undefined {
  return byWord.get(word.toLowerCase());
}
