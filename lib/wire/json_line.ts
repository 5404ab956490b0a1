import { RemoteProtocolError } from "../base/errors.ts";
import { decodeText } from "./text.ts";

/** A JSON object as it came, its fields not yet looked at. */
export type JsonObject = { readonly [field: string]: unknown };

/**
 * The JSON object on a line.
 *
 * @throws {RemoteProtocolError} `empty` for an empty or blank line, `invalid_json` for anything
 *   that is not one JSON object in UTF-8
 */
export function parseJsonLine(bytes: Uint8Array): JsonObject {
  let value: unknown;
  try {
    const text = decodeText(bytes);
    if (text.trim() === "") throw new RemoteProtocolError("empty");
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof RemoteProtocolError && error.code === "empty") throw error;
    throw new RemoteProtocolError("invalid_json");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new RemoteProtocolError("invalid_json");
  }
  return value as JsonObject;
}
