/** Which system an inbound connection of a peer belongs to. */
export type PeerSystem = "chat" | "overlay";

const BRACE = 0x7b;

/**
 * One peer port, two protocols: `{` begins the overlay's JSON lines, anything else is direct chat
 * (`protocols/README.md`).
 */
export function systemOf(firstByte: number): PeerSystem {
  return firstByte === BRACE ? "overlay" : "chat";
}
