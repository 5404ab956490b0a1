import type { CommandRow } from "./command_row.ts";

/** The commands of direct chat. */
export const chatCommands = [
  {
    name: "list",
    aliases: [],
    system: "chat",
    arguments: [],
    usage: "command.list.usage",
    summary: "command.list.summary",
    examples: ["/list"],
  },
  {
    name: "chat",
    aliases: [],
    system: "chat",
    arguments: [{ name: "name", kind: "user", completes: "active" }],
    usage: "command.chat.usage",
    summary: "command.chat.summary",
    examples: ["/chat Ana", '/chat "Ana Maria"'],
  },
  {
    name: "to",
    aliases: [],
    system: "chat",
    arguments: [
      { name: "name", kind: "user", completes: "open" },
      { name: "text", kind: "text" },
    ],
    usage: "command.to.usage",
    summary: "command.to.summary",
    examples: ["/to Ana Oi!", '/to "Ana Maria" Oi!'],
  },
  {
    name: "switch",
    aliases: [],
    system: "chat",
    arguments: [{ name: "name", kind: "user", completes: "open" }],
    usage: "command.switch.usage",
    summary: "command.switch.summary",
    examples: ["/switch Ana"],
  },
  {
    name: "bye",
    aliases: [],
    system: "chat",
    arguments: [{ name: "name", kind: "user", completes: "open", optional: true }],
    usage: "command.bye.usage",
    summary: "command.bye.summary",
    examples: ["/bye", "/bye Ana"],
  },
] as const satisfies readonly CommandRow[];
