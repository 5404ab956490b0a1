import { createPainter } from "../text/painter.ts";
import { isAtTerminal } from "./at_terminal.ts";
import type { Console, ConsoleSentences } from "./console.ts";
import { LineEditor } from "./line_editor.ts";
import { PlainConsole } from "./plain_console.ts";
import { SystemTerminal, writeAll } from "./terminal_device.ts";

/** What the program decides about its console. */
export interface ConsoleOptions {
  readonly sentences: ConsoleSentences;
  /** False for `--no-color`; see `wantsColour`. */
  readonly colour: boolean;
}

/** A line editor at a terminal, plain lines otherwise. Needs no permission. */
export function openConsole({ sentences, colour }: ConsoleOptions): Console {
  return isAtTerminal()
    ? new LineEditor(new SystemTerminal(), createPainter(colour), sentences)
    : new PlainConsole({ input: Deno.stdin.readable, write: writeAll }, sentences);
}
