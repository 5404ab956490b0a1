import { FRAME_MS } from "../../../lib/media/frame.ts";
import { OPUS } from "../../../lib/protocol/rtp.ts";

/** A packet of sound as it left its sender. */
export interface SentPacket {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** Its RTP timestamp in steps of 48 kHz. */
  readonly timestamp: number;
}

/**
 * When the first sample of a microphone's file was said, in milliseconds since 1970, by the packets
 * on the network. The peer tells it by the moment of its first frame, which may have come late;
 * of many frames the earliest came in time. What coding a frame takes, less than 1 ms, is missed.
 *
 * @param told what the peer told
 * @param sent packets of the call, all that it sent
 * @throws {RangeError} where none was sent from then on
 */
export function mouthClock(told: number, sent: readonly SentPacket[]): number {
  const said = sent.filter(({ at }) => at >= told + FRAME_MS);
  const first = said[0]?.timestamp;
  if (first === undefined) throw new RangeError("no packet of what was said");
  const starts = said.map(({ at, timestamp }) => {
    const steps = (timestamp - first) >>> 0;
    return at - FRAME_MS - steps / (OPUS.clockRate / 1000);
  });
  return Math.min(...starts);
}
