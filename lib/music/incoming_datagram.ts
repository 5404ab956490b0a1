import type { IpPort } from "../base/address.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import {
  type ControlMessage,
  isControlDatagram,
  parseControlMessage,
} from "../protocol/music/control_messages.ts";
import {
  isTransferPacket,
  parseTransferPacket,
  type TransferPacket,
} from "../protocol/music/transfer_packets.ts";

/**
 * What a datagram says to a listener's stream, or null where it is not about that.
 *
 * @throws {RemoteProtocolError} `wrong_sender` where it does not come from the stream's source, and
 *   as the readers of both formats
 */
export function readIncoming(
  stream: number,
  source: IpPort,
  from: IpPort,
  bytes: Uint8Array,
): ControlMessage | TransferPacket | null {
  const message = isControlDatagram(bytes)
    ? parseControlMessage(bytes)
    : isTransferPacket(bytes)
    ? parseTransferPacket(bytes)
    : null;
  if (message === null || message.stream !== stream) return null;
  if (from.port !== source.port || from.ip !== source.ip) {
    throw new RemoteProtocolError("wrong_sender");
  }
  return message;
}
