/** Whether a person sits at a terminal: standard input and output are both one. */
export function isAtTerminal(): boolean {
  return Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
}

/** Whether to use colours: at a terminal, unless `--no-color` or `NO_COLOR` says otherwise. */
export function wantsColour(noColorOption: boolean): boolean {
  return isAtTerminal() && !noColorOption && !Deno.noColor;
}
