import stringWidth from "string-width";

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
// The colour codes that the painter writes; nothing else of the kind reaches this room.
// deno-lint-ignore no-control-regex
const COLOUR = /(\x1b\[[0-9;]*m)/;
const RESET = "\x1b[0m";
/**
 * Latin letters, accents included, and signs, each a character of its own and one column wide: most
 * texts are nothing else, and need no look at every property that Unicode gives a character.
 */
const LATIN = /^[\x20-\x7e\xa1-\xac\xae-\u02ff]*$/;

/** Columns that `text` takes in a terminal. Colour codes take none. */
export function displayWidth(text: string): number {
  return LATIN.test(text) ? text.length : stringWidth(text);
}

/** What a person sees as characters: a letter with its accents, an emoji with its parts. */
export function graphemes(text: string): string[] {
  if (LATIN.test(text)) return text.split("");
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** `text` split into colour codes and graphemes, in order. */
export function paintedGraphemes(text: string): string[] {
  return text.split(COLOUR).flatMap((part) => isColourCode(part) ? [part] : graphemes(part));
}

/** Whether `part` of {@link paintedGraphemes} is a colour code. */
export function isColourCode(part: string): boolean {
  return part.startsWith("\x1b");
}

/**
 * The most columns that any terminal gives a character. Of an emoji made of several, some show one
 * picture and some show each part; a row must be too long in neither.
 */
export function mostColumns(character: string): number {
  if (character.length === 1) return displayWidth(character);
  let sum = 0;
  for (const codePoint of character) sum += displayWidth(codePoint);
  return Math.max(sum, displayWidth(character));
}

/**
 * `text` cut with `…` where it is wider than `columns`. Colours are ended at the cut.
 *
 * @param columnsOf the columns of a character, {@link mostColumns} where none must be too many
 */
export function cutToWidth(
  text: string,
  columns: number,
  columnsOf: (character: string) => number = displayWidth,
): string {
  if (fits(text, columns, columnsOf)) return text;
  if (columns < 1) return "";
  let out = "";
  let width = 0;
  let painted = false;
  for (const part of paintedGraphemes(text)) {
    if (isColourCode(part)) {
      painted = true;
    } else {
      width += columnsOf(part);
      if (width > columns - 1) break;
    }
    out += part;
  }
  return out + "…" + (painted ? RESET : "");
}

function fits(text: string, columns: number, columnsOf: (character: string) => number): boolean {
  if (columnsOf === displayWidth) return displayWidth(text) <= columns;
  let width = 0;
  for (const part of paintedGraphemes(text)) width += isColourCode(part) ? 0 : columnsOf(part);
  return width <= columns;
}

/** `text` with blanks up to `columns`, behind it or (`right`) before it. */
export function padToWidth(text: string, columns: number, align: "left" | "right" = "left") {
  const blanks = " ".repeat(Math.max(0, columns - displayWidth(text)));
  return align === "left" ? text + blanks : blanks + text;
}
