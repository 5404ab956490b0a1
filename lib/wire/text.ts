import { RemoteProtocolError } from "../base/errors.ts";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * The text of a line that has to be exact: a name, an instruction, JSON.
 *
 * @throws {RemoteProtocolError} `bad_utf8` where the bytes are not UTF-8
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    throw new RemoteProtocolError("bad_utf8");
  }
}

/** The text of a line for people to read: what is not UTF-8 shows as U+FFFD. */
export function decodeForPeople(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

/** How lines end: JSON lines with `\n`, direct chat with `\r\n`. */
export type LineEnd = "\n" | "\r\n";

/**
 * A line's bytes with its terminator.
 *
 * @throws {TypeError} where `text` holds a line break, which would make it two lines: our own bug
 */
export function encodeLine(text: string, end: LineEnd): Uint8Array {
  if (text.includes("\n")) throw new TypeError("a line cannot hold a line break");
  return encoder.encode(text + end);
}

/** How many bytes a text takes as UTF-8. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}
