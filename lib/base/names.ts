import { LIMITS } from "./limits.ts";

/** What can be wrong with a name, as a word for counters and message catalogues. */
export type NameFault =
  | "empty"
  | "too_long"
  | "control"
  | "reserved"
  | "blank_edge";

// Unicode's own class of controls (C0, DEL, C1), the two separators that end a line for some
// readers, and lone surrogates, which have no UTF-8.
const UNSENDABLE = /[\p{Cc}\u2028\u2029]|\p{Cs}/u;
const RESERVED = /[:@#*]/;
const BLANK_EDGE = /^\s|\s$/u;

/** The form in which names are kept and compared: Unicode NFC. */
export function normalizeName(name: string): string {
  return isPrintableAscii(name) ? name : name.normalize("NFC");
}

/**
 * What makes a normalised name unfit for any of the protocols, or null. Names of other programs
 * are held to this and no more (`protocols/README.md`: 1–64 characters, no control characters).
 */
export function wireNameFault(name: string): NameFault | null {
  if (name === "") return "empty";
  // A code point takes at most two UTF-16 units: the cheap test spares counting most names.
  if (name.length > LIMITS.nameCharacters && countCharacters(name) > LIMITS.nameCharacters) {
    return "too_long";
  }
  if (!isPrintableAscii(name) && UNSENDABLE.test(name)) return "control";
  return null;
}

/**
 * What makes a name unfit to be created here, or null: besides the rules of the wire, none of
 * `: @ # *` (they mean something to one of the protocols or to a command) and no white space at
 * either end.
 */
export function ownNameFault(name: string): NameFault | null {
  const fault = wireNameFault(normalizeName(name));
  if (fault !== null) return fault;
  if (RESERVED.test(name)) return "reserved";
  if (BLANK_EDGE.test(name)) return "blank_edge";
  return null;
}

function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Most names are; the general rules then hold without being looked at. */
function isPrintableAscii(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit > 0x7e) return false;
  }
  return true;
}
