import { LIMITS } from "../../base/limits.ts";
import { normalizeName } from "../../base/names.ts";

/** A name at the start of a text, and what follows it without the white space between. */
export interface NameRead {
  readonly name: string;
  readonly rest: string;
}

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
 */
export function readName(typed: string, known: ReadonlySet<string>): NameRead | null {
  if (typed.startsWith('"')) return readQuoted(typed);
  const ends = wordEnds(typed);
  for (const end of ends.toReversed()) {
    const name = normalizeName(typed.slice(0, end));
    if (known.has(name)) return split(typed, name, end);
  }
  const end = /^\S*/u.exec(typed)![0].length;
  return split(typed, normalizeName(typed.slice(0, end)), end);
}

/** What is typed of a name so far, for completion: without its quote and its backslashes. */
export function partOfName(typed: string): string {
  const bare = typed.startsWith('"') ? typed.slice(1).replace(/\\(["\\])/g, "$1") : typed;
  return normalizeName(bare);
}

function readQuoted(typed: string): NameRead | null {
  const found = /^"((?:[^"\\]|\\.)*)"(?=\s|$)/su.exec(typed);
  if (found === null) return null;
  const name = found[1]!.replace(/\\(["\\])/g, "$1");
  return split(typed, normalizeName(name), found[0].length);
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
