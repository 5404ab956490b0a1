import { printable } from "../text/printable.ts";
import {
  cutToWidth,
  graphemes,
  isColourCode,
  mostColumns,
  paintedGraphemes,
} from "../text/width.ts";
import { type Row, wrapToRows } from "../text/wrap.ts";

/** What stands at the bottom of the screen. */
export interface PromptView {
  /** A row above the prompt, cut to the width; may hold colour codes. Null for none. */
  readonly status: string | null;
  /** Before the text; may hold colour codes, which end inside it. */
  readonly prompt: string;
  /** Characters before and after the cursor. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Lines under the text, as far as there is room for them. */
  readonly below: readonly string[];
}

/** The size of a screen in characters. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * Erases this row and all below. Not from column 0: in the top left corner some terminals take it
 * for clearing the screen and keep what was there in their history, at every key.
 */
const ERASE_FROM_HERE = "\r\x1b[K\x1b[C\x1b[J\r";

/**
 * The prompt on the screen, over as many rows as it needs, and the codes that draw it and take it
 * away. It breaks its rows itself instead of leaving that to the terminal: then it knows where
 * each row is, whatever the terminal takes for the width of an emoji.
 */
export class PromptBlock {
  #rows: readonly Row[] = [];
  #cursorRow = 0;
  #cursorColumn = 0;
  #beforeCursor = "";
  #columns = 0;
  #height = 0;
  /** Whether the first row is the status. */
  #hasStatus = false;

  /**
   * Whether a narrower terminal may have broken the row of the cursor in two. Terminals differ in
   * that, so they have to be asked in which column the cursor is now.
   */
  isCursorUnsure(columns: number): boolean {
    return columns < this.#columns && this.#cursorColumn >= columns;
  }

  /**
   * Codes that take the block away and leave the cursor where its first row began.
   *
   * @param columns width of the terminal now, which may not be that of the drawing
   * @param cursorColumn where the terminal said that the cursor is, from 0; null if it did not
   */
  erase(columns: number, cursorColumn: number | null = null): string {
    let up = 0;
    for (const row of this.#rows.slice(0, this.#cursorRow)) {
      up += Math.max(1, Math.ceil(row.width / columns));
    }
    // One row too few leaves a remnant of ours, one too many destroys what someone said.
    const broken = this.isCursorUnsure(columns) && cursorColumn === this.#cursorColumn % columns;
    if (broken) up += Math.floor(this.#cursorColumn / columns);
    this.#rows = [];
    this.#cursorRow = this.#cursorColumn = 0;
    this.#hasStatus = false;
    return (up > 0 ? `\x1b[${up}A` : "") + ERASE_FROM_HERE;
  }

  /** Codes that draw the block at the cursor, which is in column 0 of an empty screen below. */
  draw(view: PromptView, size: ScreenSize): string {
    const { rows, cursorRow, beforeCursor, hasStatus } = layOut(view, size);
    this.#rows = rows;
    this.#cursorRow = cursorRow;
    this.#cursorColumn = beforeCursor.width;
    this.#beforeCursor = beforeCursor.text;
    this.#columns = size.columns;
    this.#height = size.rows;
    this.#hasStatus = hasStatus;
    const up = rows.length - 1 - cursorRow;
    // Writing the row again up to the cursor puts it right even where widths are in dispute.
    return rows.map((row) => row.text).join("\r\n") + (up > 0 ? `\x1b[${up}A` : "") + "\r" +
      beforeCursor.text;
  }

  /**
   * Codes that put another status in the place of the one that is drawn and touch nothing else, so
   * that nothing flickers while the person types. Null where more than the status has changed.
   */
  redrawStatus(view: PromptView, size: ScreenSize): string | null {
    if (!this.#hasStatus || size.columns !== this.#columns || size.rows !== this.#height) {
      return null;
    }
    const { rows, cursorRow, beforeCursor, hasStatus } = layOut(view, size);
    const same = hasStatus && cursorRow === this.#cursorRow && rows.length === this.#rows.length &&
      beforeCursor.text === this.#beforeCursor &&
      rows.every(({ text }, i) => i === 0 || text === this.#rows[i]!.text);
    if (!same) return null;
    this.#rows = rows;
    return `\x1b[${cursorRow}A\r${rows[0]!.text}\x1b[K\x1b[${cursorRow}B\r${beforeCursor.text}`;
  }
}

function layOut(
  view: PromptView,
  { columns, rows: height }: ScreenSize,
): { rows: Row[]; cursorRow: number; beforeCursor: Row; hasStatus: boolean } {
  const prompt = wrapToRows(view.prompt, columns);
  const rows = [...prompt];
  const add = (part: string) => {
    const width = mostColumns(part);
    let row = rows.at(-1)!;
    if (row.width + width > columns) rows.push(row = { text: "", width: 0 });
    row.text += part;
    row.width += width;
  };
  const addTyped = (part: string) => {
    const shown = printable(part);
    if (shown === part) add(part);
    else graphemes(shown).forEach(add);
  };
  view.before.forEach(addTyped);
  // The cursor needs a column of its own, as a terminal has none after its last.
  if (rows.at(-1)!.width + (view.after.length > 0 ? mostColumns(view.after[0]!) : 1) > columns) {
    rows.push({ text: "", width: 0 });
  }
  const cursorRow = rows.length - 1;
  // This row may begin in a colour that the rows above it have set.
  const codes = prompt.slice(0, cursorRow).flatMap(({ text }) =>
    paintedGraphemes(text).filter(isColourCode)
  );
  const { text, width } = rows[cursorRow]!;
  const beforeCursor = { text: codes.join("") + text, width };
  view.after.forEach(addTyped);

  // What is higher than the screen shows the part with the cursor.
  const most = Math.max(1, height - 1);
  const first = Math.max(0, Math.min(cursorRow, rows.length - most));
  const visible = rows.slice(first, first + most);
  const below = view.below.flatMap((line) => wrapToRows(line, columns - 1));
  visible.push(...below.slice(0, most - visible.length));
  // The status is worth less than all the rest.
  const hasStatus = view.status !== null && visible.length < most;
  if (hasStatus) visible.unshift(statusRow(view.status, columns));
  return {
    rows: visible,
    cursorRow: cursorRow - first + (hasStatus ? 1 : 0),
    beforeCursor,
    hasStatus,
  };
}

/** The status as one row, one column short: what is behind it can be erased then. */
function statusRow(status: string, columns: number): Row {
  const text = cutToWidth(status.replace(/[^\S ]+/gu, " "), columns - 1, mostColumns);
  const width = paintedGraphemes(text).reduce(
    (sum, part) => sum + (isColourCode(part) ? 0 : mostColumns(part)),
    0,
  );
  return { text, width };
}
