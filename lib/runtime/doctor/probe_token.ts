import { PROBE_WIRE } from "../../protocol/probe/limits.ts";

/** A token that nobody else has or can guess. */
export function probeToken(): string {
  return crypto.getRandomValues(new Uint8Array(PROBE_WIRE.tokenDigits / 2)).toHex();
}
