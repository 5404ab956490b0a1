import { LIMITS } from "../../base/limits.ts";
import { normalizeName } from "../../base/names.ts";

/** A name at the start of a text, and what follows it without the white space between. */
export interface NameRead {
  readonly name: string;
  readonly rest: string;
}

/**
 * What the screen may put before a name that is no part of it (`../name_marks.ts`, and `?` for a
 * name that nobody confirmed), behind the sign of an overlay's peer.
 */
const MARKED = /^(@?)(≈?)(\??)(.+)$/su;

/** A code point takes two UTF-16 units at most, and NFC joins at most three code points to one. */
const LONGEST_TYPED = LIMITS.nameCharacters * 2 * 3;

/**
 * A name as it has to be typed: in quotes where it holds white space or begins with a quote; inside
 * them `\"` and `\\` stand for the two characters that mean something there.
 */
export function quoteName(name: string): string {
  return /\s|^"/u.test(name) ? alwaysQuoted(name) : name;
}

/** A name in quotes, needed or not. */
export function alwaysQuoted(name: string): string {
  return `"${name.replace(/["\\]/g, "\\$&")}"`;
}

/**
 * Reads the name that `typed`, which begins with no white space, begins with: what is in quotes;
 * else the longest of the `known` names; else one word. Null for quotes that are not closed, or
 * that are closed in the middle of a word.
 *
 * The marks that the screen puts before a name may be there, so that a name can be copied: those
 * are taken off without which it is known, or all of them where it is unknown and not in quotes.
 */
export function readName(typed: string, known: ReadonlySet<string>): NameRead | null {
  if (typed.startsWith('"')) return readQuoted(typed, known);
  const ends = wordEnds(typed);
  for (const end of ends.toReversed()) {
    const name = knownForm(typed.slice(0, end), known);
    if (name !== undefined) return split(typed, name, end);
  }
  const end = /^\S*/u.exec(typed)![0].length;
  return split(typed, forms(typed.slice(0, end)).at(-1)!, end);
}

/** As {@link readName}, where nothing comes behind the name: without quotes it is all of the rest. */
export function readLastName(typed: string, known: ReadonlySet<string>): NameRead | null {
  if (typed.startsWith('"')) return readQuoted(typed, known);
  return { name: knownForm(typed, known) ?? forms(typed).at(-1)!, rest: "" };
}

/** What is typed of a name so far, for completion: without its quote and its backslashes. */
export function partOfName(typed: string): string {
  const bare = typed.startsWith('"') ? typed.slice(1).replace(/\\(["\\])/g, "$1") : typed;
  return normalizeName(bare);
}

function readQuoted(typed: string, known: ReadonlySet<string>): NameRead | null {
  const found = /^"((?:[^"\\]|\\.)*)"(?=\s|$)/su.exec(typed);
  if (found === null) return null;
  const name = found[1]!.replace(/\\(["\\])/g, "$1");
  return split(typed, knownForm(name, known) ?? normalizeName(name), found[0].length);
}

/** What was typed as a name that is known: as it stands, else without the marks before it. */
function knownForm(typed: string, known: ReadonlySet<string>): string | undefined {
  return forms(typed).find((name) => known.has(name));
}

/** The names that something typed can stand for: as it is, and with ever fewer marks before it. */
function forms(typed: string): readonly [string, ...string[]] {
  const name = normalizeName(typed);
  const found = MARKED.exec(name);
  if (found === null) return [name];
  const [, sign = "", alike = "", unconfirmed = "", own = ""] = found;
  const bare = sign + own;
  return alike === "" ? [name, bare] : [name, sign + unconfirmed + own, bare];
}

function split(typed: string, name: string, end: number): NameRead {
  return { name, rest: typed.slice(end).trimStart() };
}

/** Where a name could end: before white space and at the end, as far as a name can reach. */
function wordEnds(typed: string): number[] {
  const part = typed.slice(0, LONGEST_TYPED);
  const ends = Array.from(part.matchAll(/(?<=\S)\s/gu), (found) => found.index);
  if (typed.length <= LONGEST_TYPED) ends.push(typed.trimEnd().length);
  return ends;
}
