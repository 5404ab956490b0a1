/** What a datagram on the call port is. */
export type DatagramKind = "signalling" | "media";

const BRACE = 0x7b;
const RTP_LEAST = 0x80;
const RTP_MOST = 0xbf;

/**
 * One call port, two protocols: `{` begins signalling, a first byte from 0x80 to 0xBF (version 2)
 * begins RTP, and null is neither and dropped (`protocols/README.md`).
 */
export function datagramKind(bytes: Uint8Array): DatagramKind | null {
  const first = bytes[0];
  if (first === undefined) return null;
  if (first === BRACE) return "signalling";
  return first >= RTP_LEAST && first <= RTP_MOST ? "media" : null;
}
