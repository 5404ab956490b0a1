import { normalizeName, wireNameFault } from "../../base/names.ts";

/** `name@namespace`, normalised: see {@link parsePeerId}. */
export type PeerId = string;

/**
 * `name@namespace`, split at the last `@`, normalised to NFC; null where either part is no name.
 */
export function parsePeerId(value: unknown): PeerId | null {
  if (typeof value !== "string") return null;
  const id = normalizeName(value);
  const at = id.lastIndexOf("@");
  if (at < 1) return null;
  const fault = wireNameFault(id.slice(0, at)) ?? wireNameFault(id.slice(at + 1));
  return fault === null ? id : null;
}

/** The parts of a {@link PeerId}. */
export function splitPeerId(id: PeerId): { readonly name: string; readonly namespace: string } {
  const at = id.lastIndexOf("@");
  return { name: id.slice(0, at), namespace: id.slice(at + 1) };
}

/** The id of a peer by its parts. */
export function peerIdOf(name: string, namespace: string): PeerId {
  return `${normalizeName(name)}@${normalizeName(namespace)}`;
}

/** Where a PUB goes: `*` or `#namespace`, normalised; null for anything else. */
export function parsePubTarget(value: unknown): string | null {
  if (typeof value !== "string") return null;
  if (value === "*") return value;
  const target = normalizeName(value);
  return target.startsWith("#") && wireNameFault(target.slice(1)) === null ? target : null;
}
