import { normalizeName, wireNameFault } from "../../base/names.ts";
import { MUSIC_WIRE_LIMITS } from "./limits.ts";

const DIGEST = /^[0-9a-fA-F]{64}$/;
// Controls (C0, DEL, C1), the two separators that end a line for some readers, lone surrogates.
const UNSENDABLE = /[\p{Cc}\u2028\u2029]|\p{Cs}/u;
const EACH_UNSENDABLE = new RegExp(UNSENDABLE, "gu");

/** A node's name fit for the wire, normalised, or null. */
export function readName(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const name = normalizeName(value);
  return wireNameFault(name) === null ? name : null;
}

/** A SHA-256 in hexadecimal digits, in small letters, or null. */
export function readDigest(value: unknown): string | null {
  return typeof value === "string" && DIGEST.test(value) ? value.toLowerCase() : null;
}

/** A text of one line, not too long, or null. */
export function readText(value: unknown): string | null {
  if (typeof value !== "string" || value.length > MUSIC_WIRE_LIMITS.text) return null;
  return UNSENDABLE.test(value) ? null : value;
}

/** What can be sent of a text that came from a file's name or tags. */
export function sendableText(text: string): string {
  const clean = text.replace(EACH_UNSENDABLE, " ").trim();
  if (clean.length <= MUSIC_WIRE_LIMITS.text) return clean;
  // A pair that the cut goes through would leave half of itself.
  return clean.slice(0, MUSIC_WIRE_LIMITS.text).replace(/[\ud800-\udbff]$/, "");
}

/** A count of bytes or files: an integer that a double can hold, or null. */
export function readCount(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? value as number : null;
}

/**
 * An integer, or an integer in a string; null for anything else. One with so many digits that a
 * double cannot count it is as good as the largest one that it can.
 */
export function readInteger(value: unknown): number | null {
  const spelled = typeof value === "string" && /^[+-]?[0-9]+$/.test(value);
  const number = spelled ? Number(value) : value;
  if (typeof number !== "number") return null;
  if (!Number.isInteger(number) && Math.abs(number) !== Infinity) return null;
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, number));
}
