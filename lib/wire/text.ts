import { RemoteProtocolError } from "../base/errors.ts";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

/** Up to this length, ASCII is converted faster here than by a call out of the engine. */
const SHORT = 64;
/** Small texts are encoded into one buffer after another; what was given out is not used again. */
const SLAB = 64 * 1024;
let slab = new Uint8Array(SLAB);
let used = 0;

/**
 * The text of a line that has to be exact: a name, an instruction, JSON.
 *
 * @throws {RemoteProtocolError} `bad_utf8` where the bytes are not UTF-8
 */
export function decodeText(bytes: Uint8Array): string {
  return shortAscii(bytes) ?? decodeStrictly(bytes);
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
  return encodeText(text + end);
}

/** A text as UTF-8. The bytes may share a buffer with others: write them, do not change them. */
export function encodeText(text: string): Uint8Array {
  const { length } = text;
  if (length > SHORT) return encoder.encode(text);
  if (used + length > SLAB) {
    slab = new Uint8Array(SLAB);
    used = 0;
  }
  const start = used;
  for (let i = 0; i < length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return encoder.encode(text);
    slab[start + i] = unit;
  }
  used += length;
  return slab.subarray(start, used);
}

/** How many bytes a text takes as UTF-8. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

function shortAscii(bytes: Uint8Array): string | null {
  const { length } = bytes;
  if (length > SHORT) return null;
  let text = "";
  for (let i = 0; i < length; i += 1) {
    const byte = bytes[i]!;
    if (byte > 0x7f) return null;
    text += String.fromCharCode(byte);
  }
  return text;
}

function decodeStrictly(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    throw new RemoteProtocolError("bad_utf8");
  }
}
