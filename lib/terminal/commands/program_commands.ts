import type { CommandRow } from "./command_row.ts";

/** The commands that belong to no system. */
export const programCommands = [
  {
    name: "help",
    aliases: [],
    system: "program",
    arguments: [{ name: "command", kind: "command", completes: "commands", optional: true }],
    usage: "command.help.usage",
    summary: "command.help.summary",
    examples: ["/help", "/help chat"],
  },
  {
    name: "exit",
    aliases: ["quit"],
    system: "program",
    arguments: [],
    usage: "command.exit.usage",
    summary: "command.exit.summary",
    examples: ["/exit"],
  },
] as const satisfies readonly CommandRow[];
