import { cutToWidth, displayWidth, padToWidth } from "./width.ts";

/** What a table shows. Cells may hold colour codes. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How each column is aligned; left where not given. */
  readonly align?: readonly ("left" | "right")[];
  /** Width to fit in: the widest columns are cut with `…`. */
  readonly columns: number;
}

const GAP = "  ";
/** A column is not cut below this, or nothing of it could be read. */
const NARROWEST = 4;

/** The table as lines, header first, aligned by display width, without blanks at the end. */
export function formatTable({ header, rows, align = [], columns }: Table): string[] {
  const lines = [header, ...rows];
  const count = Math.max(0, ...lines.map((line) => line.length));
  const wanted = Array.from(
    { length: count },
    (_, i) => lines.reduce((most, line) => Math.max(most, displayWidth(line[i] ?? "")), 0),
  );
  const widths = shrink(wanted, columns - GAP.length * (count - 1));
  return lines.map((line) =>
    cutToWidth(
      widths.map((width, i) => padToWidth(cutToWidth(line[i] ?? "", width), width, align[i]))
        .join(GAP).trimEnd(),
      columns,
    )
  );
}

/** Takes columns away from the widest until `room` is kept or nothing more can be cut. */
function shrink(wanted: readonly number[], room: number): number[] {
  const widths = [...wanted];
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.lastIndexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}
