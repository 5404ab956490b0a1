import { createPainter } from "../text/painter.ts";
import type { Console, ConsoleSentences } from "./console.ts";
import { LineEditor } from "./line_editor.ts";
import { PlainConsole } from "./plain_console.ts";
import { SystemTerminal, writeAll } from "./terminal_device.ts";

/** What the program decides about its console. */
export interface ConsoleOptions {
  readonly sentences: ConsoleSentences;
  /** False for `--no-color`; see {@link wantsColour}. */
  readonly colour: boolean;
}

/** Whether a person sits at a terminal: standard input and output are both one. */
export function isAtTerminal(): boolean {
  return Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
}

/** Whether to use colours: at a terminal, unless `--no-color` or `NO_COLOR` says otherwise. */
export function wantsColour(noColorOption: boolean): boolean {
  return isAtTerminal() && !noColorOption && !Deno.noColor;
}

/** A line editor at a terminal, plain lines otherwise. Needs no permission. */
export function openConsole({ sentences, colour }: ConsoleOptions): Console {
  return isAtTerminal()
    ? new LineEditor(new SystemTerminal(), createPainter(colour), sentences)
    : new PlainConsole({ input: Deno.stdin.readable, write: writeAll }, sentences);
}
