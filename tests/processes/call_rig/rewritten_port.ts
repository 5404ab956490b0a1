import { datagramKind } from "../../../lib/wire/datagram_kind.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * Signalling with another port in it, as a gateway that knows the protocol does, so that both sides
 * of a call speak through it; every other datagram as it came.
 *
 * @param type of the message that has the sender's own port in `porta`
 */
export function withPort(datagram: Uint8Array, type: string, port: number): Uint8Array {
  if (datagramKind(datagram) !== "signalling") return datagram;
  const message = JSON.parse(decoder.decode(datagram));
  if (message.type !== type || message.porta === undefined) return datagram;
  return encoder.encode(JSON.stringify({ ...message, porta: port }));
}
