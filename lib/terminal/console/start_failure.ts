import type { Translator } from "../messages/catalogue.ts";
import { wrapLine } from "../text/wrap.ts";
import { terminalSize } from "./terminal_device.ts";

/** Tells on standard error why a program does not start, as one sentence. */
export function tellStartFailure(problem: string, say: Translator): void {
  printError(say("options.error", { problem }));
}

/** Prints to standard error; at a terminal, lines are broken at words to its width. */
export function printError(text: string): void {
  const columns = Deno.stderr.isTerminal() ? terminalSize().columns : Infinity;
  console.error(text.split("\n").flatMap((line) => wrapLine(line, columns)).join("\n"));
}
