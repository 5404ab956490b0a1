import type { ChatCommand } from "../../chat/status.ts";
import type { Command } from "./commands.ts";

/** What a slash command of direct chat asks of the chat machine. */
export function toChatCommand(typed: Command & { readonly system: "chat" }): ChatCommand {
  switch (typed.command) {
    case "list":
      return { kind: typed.command };
    case "to":
      return { kind: typed.command, ...typed.values };
    case "chat":
    case "switch":
      return { kind: typed.command, ...typed.values };
    case "bye":
      return { kind: typed.command, ...typed.values };
  }
}
