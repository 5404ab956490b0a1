import { wrapLine } from "../../lib/terminal/text/wrap.ts";

const MARGIN = 2;

/** Lines of at most `columns`: each label, and beside it its text, wrapped within its own column. */
export function labelled(
  rows: readonly (readonly string[])[],
  columns: number,
): string[] {
  const width = Math.max(...rows.map(([label = ""]) => label.length)) + MARGIN;
  const indent = MARGIN + width;
  return rows.flatMap(([label = "", text = ""]) => {
    const [first = "", ...rest] = wrapLine(text, columns - indent, 0);
    return [
      `${" ".repeat(MARGIN)}${label.padEnd(width)}${first}`,
      ...rest.map((line) => " ".repeat(indent) + line),
    ];
  });
}
