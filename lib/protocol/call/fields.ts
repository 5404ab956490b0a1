import { canonicalIp, isPort } from "../../base/address.ts";
import { RemoteProtocolError } from "../../base/errors.ts";
import { LIMITS } from "../../base/limits.ts";
import { normalizeName, wireNameFault } from "../../base/names.ts";

/**
 * A message's type as the page spells it: small letters, composed (NFC), so that `ç` and `ã`
 * compare however they were typed.
 *
 * @throws {RemoteProtocolError} `missing_type`
 */
export function readType(value: unknown): string {
  if (typeof value !== "string") throw new RemoteProtocolError("missing_type");
  return value.normalize("NFC").toLowerCase();
}

/** A name fit for the wire, normalised, or null. */
export function readName(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const name = normalizeName(value);
  return wireNameFault(name) === null ? name : null;
}

/** An address in its canonical spelling, or null. */
export function readIp(value: unknown): string | null {
  return typeof value === "string" ? canonicalIp(value.trim()) : null;
}

/** A port, as a number or in decimal digits, or null. */
export function readPort(value: unknown): number | null {
  const port = typeof value === "string" && /^[0-9]{1,5}$/.test(value) ? Number(value) : value;
  return isPort(port) ? port : null;
}

/** What somebody sent for a name, to be named back to them: short, and text in any case. */
export function quotedName(value: unknown): string {
  if (typeof value !== "string") return "";
  return readName(value) ?? value.slice(0, LIMITS.nameCharacters).toWellFormed();
}
