import { printable } from "../text/printable.ts";
import { cutToWidth } from "../text/width.ts";

/** Columns of what is quoted from the line in a sentence about a mistake. */
const QUOTED_COLUMNS = 40;

/** Something typed as a sentence about a mistake quotes it: short, and fit for a terminal. */
export function quoted(typed: string): string {
  return cutToWidth(printable(typed), QUOTED_COLUMNS);
}
