import { quoteName } from "../commands/name_argument.ts";
import { printable } from "../text/printable.ts";

/** A command about somebody, as it has to be typed: `/call "Ana Maria"`. */
export function typedCommand(command: "call" | "chat", name: string): string {
  return `/${command} ${quoteName(printable(name))}`;
}
