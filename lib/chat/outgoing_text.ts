import { utf8Length } from "../wire/text.ts";

/**
 * What a person wrote as lines to send: a line break makes two messages (`protocols/chat.md`), a
 * line over `limit` bytes is cut between two characters, and empty lines are left out.
 */
export function outgoingLines(text: string, limit: number): string[] {
  return text.split(/\r\n|[\n\r]/).filter((line) => line !== "").flatMap((line) =>
    utf8Length(line) <= limit ? [line] : cut(line, limit)
  );
}

/** Cuts between graphemes, or between code points where one grapheme is over the limit itself. */
function cut(line: string, limit: number): string[] {
  const parts: string[] = [];
  let part = "";
  let size = 0;
  const add = (piece: string) => {
    const length = utf8Length(piece);
    if (size + length > limit) {
      parts.push(part);
      part = "";
      size = 0;
    }
    part += piece;
    size += length;
  };
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (utf8Length(segment) <= limit) add(segment);
    else for (const character of segment) add(character);
  }
  parts.push(part);
  return parts.filter((one) => one !== "");
}
