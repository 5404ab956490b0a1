/** What is comfortable to read, and what narrower terminals wrap by themselves. */
const [WIDEST, NARROWEST] = [100, 60];

/** Columns to write for: those of the terminal within bounds; where there is none, the widest. */
export function terminalColumns(): number {
  return Deno.stdout.isTerminal() ? comfortable(Deno.consoleSize().columns) : WIDEST;
}

/** `columns` within what is comfortable. A terminal that does not know its size says 0. */
export function comfortable(columns: number): number {
  return columns === 0 ? WIDEST : Math.min(WIDEST, Math.max(NARROWEST, columns));
}
