import { isColourCode, mostColumns, paintedGraphemes } from "./width.ts";

/** One row of a screen. */
export interface Row {
  text: string;
  width: number;
}

const HANGING = 2;
/** The most that an indent takes of a narrow screen. */
const INDENT_SHARE = 1 / 3;
// A no-break space does what it is called.
const BLANK = /^[^\S\u00a0\u202f]+$/u;

/**
 * Breaks one line to rows of at most `columns`: at blanks, which are dropped there, and between
 * wide characters, whose scripts write no blanks; a word that is longer than a row is broken
 * anywhere. Colour codes stay where they are.
 *
 * Every row but the first is indented: so nothing in the middle of what others sent can pass for
 * the beginning of a line of its own.
 *
 * @param indent columns before every row but the first; if not given, two more than the line has
 * itself, but no large share of a narrow screen
 */
export function wrapToRows(
  line: string,
  columns: number,
  indent: number = usualIndent(line, columns),
): Row[] {
  // No character takes more than two columns.
  if (line.length * 2 <= columns) return [{ text: line, width: widthOf(paintedGraphemes(line)) }];
  const rows: Row[] = [{ text: "", width: 0 }];
  const next = (): Row => rows[rows.push({ text: " ".repeat(indent), width: indent }) - 1]!;

  let row = rows[0]!;
  let blanks = NO_BLANKS;
  for (const { blank, parts, width } of words(line)) {
    if (blank) {
      blanks = { text: parts.join(""), width };
      continue;
    }
    if (width > 0) {
      // Of a word that no row has room for, some goes here.
      const least = width > columns - indent ? 1 : width;
      if (row.width + blanks.width + least <= columns) append(row, blanks);
      else if (row.width > 0) row = next();
      blanks = NO_BLANKS;
    }
    for (const part of parts.flatMap((part) => fitting(part, columns - indent))) {
      const piece = { text: part, width: columnsOf(part) };
      if (row.width + piece.width > columns && row.width > indent) row = next();
      append(row, piece);
    }
  }
  if (row.width + blanks.width <= columns) append(row, blanks);
  return rows;
}

/** As {@link wrapToRows}, the texts alone. */
export function wrapLine(line: string, columns: number, indent?: number): string[] {
  return wrapToRows(line, columns, indent).map(({ text }) => text);
}

function usualIndent(line: string, columns: number): number {
  const own = /^ */.exec(line)![0].length;
  return Math.min(own + HANGING, Math.floor(columns * INDENT_SHARE));
}

const NO_BLANKS: Row = { text: "", width: 0 };

function append(row: Row, { text, width }: Readonly<Row>): void {
  row.text += text;
  row.width += width;
}

interface Word {
  readonly blank: boolean;
  readonly parts: readonly string[];
  readonly width: number;
}

/** `line` as words, runs of blanks and single wide characters. Colour codes are in words. */
function* words(line: string): Generator<Word, void, undefined> {
  let parts: string[] = [];
  let kind: "blank" | "letters" | "wide" | null = null;
  const done = (): Word => {
    const word = { blank: kind === "blank", parts, width: widthOf(parts) };
    [parts, kind] = [[], null];
    return word;
  };
  for (const part of paintedGraphemes(line)) {
    const own = isColourCode(part)
      ? null
      : BLANK.test(part)
      ? "blank"
      : columnsOf(part) > 1
      ? "wide"
      : "letters";
    // Blanks may be dropped, and with them what is in their run; a colour code must not be.
    const ends = own === null
      ? kind === "blank"
      : own === "blank"
      ? kind !== "blank" && parts.length > 0
      : kind !== null && (kind !== own || own === "wide");
    if (ends) yield done();
    kind = own ?? kind;
    parts.push(part);
  }
  yield done();
}

/** A character that no row holds, as others can build them without end, in parts that rows hold. */
function fitting(part: string, columns: number): readonly string[] {
  return columnsOf(part) > columns ? [...part] : [part];
}

function widthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + columnsOf(part), 0);
}

function columnsOf(part: string): number {
  return isColourCode(part) ? 0 : mostColumns(part);
}
