import { printable } from "../text/printable.ts";
import { cutToWidth, displayWidth, graphemes, padToWidth } from "../text/width.ts";
import type { Completion } from "./console.ts";

/** What a Tab does: text to put in place of what was typed, and lines to show above the prompt. */
export interface Completed {
  readonly typed: string;
  readonly listing: readonly string[];
}

/** More candidates than this are not listed; typing on narrows them down faster than reading. */
const LISTED = 100;
const GAP = 2;

/** Puts in what all candidates share; lists them where there are several. */
export function completeLine(
  typed: string,
  { candidates, replaced }: Completion,
  columns: number,
): Completed {
  if (candidates.length === 0 || !typed.endsWith(replaced)) return { typed, listing: [] };
  const shared = candidates.reduce(sharedStart);
  return {
    typed: shared.length < replaced.length
      ? typed
      : typed.slice(0, typed.length - replaced.length) + shared,
    listing: candidates.length === 1 ? [] : listing(candidates, columns),
  };
}

function sharedStart(a: string, b: string): string {
  const other = graphemes(b);
  const own = graphemes(a);
  const length = own.findIndex((part, i) => part !== other[i]);
  return length < 0 ? a : own.slice(0, length).join("");
}

/** Candidates in columns, read from left to right. */
function listing(candidates: readonly string[], columns: number): string[] {
  const shown = candidates.slice(0, LISTED).map((candidate) => printable(candidate.trim()));
  if (candidates.length > LISTED) shown.push("…");
  const width = Math.max(...shown.map(displayWidth)) + GAP;
  const perLine = Math.max(1, Math.floor(columns / width));
  const lines: string[] = [];
  for (let i = 0; i < shown.length; i += perLine) {
    const cells = shown.slice(i, i + perLine).map((text) => padToWidth(text, width));
    lines.push(cutToWidth(cells.join("").trimEnd(), columns));
  }
  return lines;
}
