/**
 * The binary datagrams of a transfer: a file from a source to a listener, in chunks of pieces, with
 * acknowledgements the other way. They share a port with JSON (`{`) and could share it with RTP
 * (0x80–0xBF). Numbers are big-endian.
 *
 * ```text
 * packet  = kind (1) stream (6) token (4) body
 * stream  = the number of the GET, which the listener drew: nobody else can guess it
 * token   = drawn by the source: who echoes it receives where the packets are sent
 *
 * source → listener; number counts a stream's packets from 1, copies of a chunk get a new one
 *   0x40 data     number (4) piece (4) chunk (1) bytes
 *   0x41 digests  number (4) first (4) 1–36 × SHA-256 of a piece (32)
 *   0x42 ping     number (4)
 *   0x45 end      reason (1): 1 unknown stream, 2 cannot be read, 3 leaving, 4 idle for too long
 * listener → source
 *   0x43 ack      largest (4) delay (4) base (4) have (4) credit (4) rate (4) flags (1)
 *                 count (1) count × (gap (2) length (2))
 *   0x44 stop     reason (1): 1 complete, 2 cancelled, 3 wrong bytes, 4 unknown stream
 *
 * largest = highest number received, 0 for none; delay = microseconds since it was
 * base    = pieces below it are wanted no more; bit n of have: nor is piece base + 1 + n
 * credit  = pieces below it may be sent; rate = bytes a second at the most, 0 for no limit
 * flags   = 1 paused: nothing may be sent; 2 the list of digests is known
 * gap     = numbers missing below the range before (0 in the first range only),
 * length  = numbers received below the gap; the first range ends at largest
 * ```
 *
 * A chunk is 1,176 bytes of a piece of 256 KiB, the last of a piece what is left.
 * `protocols/music.md`.
 *
 * @module
 */
import { RemoteProtocolError } from "../../base/errors.ts";
import { type AckBody, readAck, writeAck } from "./transfer_acks.ts";
import {
  CHUNK_BYTES,
  CHUNKS_PER_PIECE,
  DIGEST_BYTES,
  DIGESTS_PER_PACKET,
} from "./transfer_geometry.ts";

export { type AckBody, type AckRange, MOST_ACK_RANGES } from "./transfer_acks.ts";

/** What every packet begins with: whose it is. */
export interface TransferHeader {
  /** Number of the stream, 0–2⁴⁸−1. */
  readonly stream: number;
  /** What the source drew for the stream, 0–2³²−1. */
  readonly token: number;
}

/** Why a source ends a stream. */
export type EndReason = "unknown_stream" | "read_failed" | "leaving" | "idle";
/** Why a listener ends a stream. */
export type StopReason = "complete" | "cancelled" | "wrong_bytes" | "unknown_stream";

/** A packet; `bytes` and `digests` are views of the datagram, valid as long as that is. */
export type TransferPacket =
  | TransferHeader & {
    readonly kind: "data";
    readonly number: number;
    readonly piece: number;
    readonly chunk: number;
    readonly bytes: Uint8Array;
  }
  | TransferHeader & {
    readonly kind: "digests";
    readonly number: number;
    /** Piece of the first digest. */
    readonly first: number;
    readonly digests: Uint8Array;
  }
  | TransferHeader & { readonly kind: "ping"; readonly number: number }
  | TransferHeader & AckBody & { readonly kind: "ack" }
  | TransferHeader & { readonly kind: "stop"; readonly reason: StopReason }
  | TransferHeader & { readonly kind: "end"; readonly reason: EndReason };

const DATA = 0x40;
const DIGESTS = 0x41;
const PING = 0x42;
const ACK = 0x43;
const STOP = 0x44;
const END = 0x45;
const HEADER = 11;
const END_REASONS: readonly EndReason[] = ["unknown_stream", "read_failed", "leaving", "idle"];
const STOP_REASONS: readonly StopReason[] = [
  "complete",
  "cancelled",
  "wrong_bytes",
  "unknown_stream",
];

/** Bytes of a data packet besides its chunk. */
export const DATA_HEADER_BYTES = HEADER + 9;
/** Bytes of a ping. */
export const PING_BYTES = HEADER + 4;
/** Bytes of the longest packet of a source. */
export const MOST_PACKET_BYTES = DATA_HEADER_BYTES + CHUNK_BYTES;
/** Whether a datagram is one of these packets, as its first byte has it. */
export function isTransferPacket(datagram: Uint8Array): boolean {
  const first = datagram[0];
  return first !== undefined && first >= DATA && first <= END;
}

/**
 * Who is to read a packet and whose it is, by its head alone: acknowledgements and stops are for the
 * source, everything else for the listener. Null for what is too short.
 */
export function transferAddressee(
  datagram: Uint8Array,
): { readonly to: "source" | "listener" } & TransferHeader | null {
  if (datagram.length < HEADER + 1) return null;
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.length);
  const to = datagram[0] === ACK || datagram[0] === STOP ? "source" : "listener";
  return { to, stream: streamAt(view), token: view.getUint32(7) };
}

/**
 * Reads a packet.
 *
 * @throws {RemoteProtocolError} `bad_packet` for what the grammar does not have
 */
export function parseTransferPacket(datagram: Uint8Array): TransferPacket {
  const length = datagram.length;
  if (length < HEADER + 1) throw new RemoteProtocolError("bad_packet", "too short");
  const view = new DataView(datagram.buffer, datagram.byteOffset, length);
  const stream = streamAt(view);
  const token = view.getUint32(7);
  const kind = datagram[0];
  switch (kind) {
    case DATA: {
      const size = length - DATA_HEADER_BYTES;
      if (size < 1 || size > CHUNK_BYTES) throw new RemoteProtocolError("bad_packet", "data");
      const chunk = view.getUint8(HEADER + 8);
      if (chunk >= CHUNKS_PER_PIECE) throw new RemoteProtocolError("bad_packet", "chunk");
      const [number, piece] = [numberOf(view), view.getUint32(HEADER + 4)];
      const bytes = datagram.subarray(DATA_HEADER_BYTES);
      return { kind: "data", stream, token, number, piece, chunk, bytes };
    }
    case DIGESTS: {
      const size = length - HEADER - 8;
      if (size < DIGEST_BYTES || size > DIGESTS_PER_PACKET * DIGEST_BYTES || size % DIGEST_BYTES) {
        throw new RemoteProtocolError("bad_packet", "digests");
      }
      const [number, first] = [numberOf(view), view.getUint32(HEADER + 4)];
      const digests = datagram.subarray(HEADER + 8);
      return { kind: "digests", stream, token, number, first, digests };
    }
    case PING:
      if (length !== HEADER + 4) throw new RemoteProtocolError("bad_packet", "ping");
      return { kind: "ping", stream, token, number: numberOf(view) };
    case ACK:
      return { kind: "ack", stream, token, ...readAck(viewFrom(view, HEADER)) };
    case STOP:
    case END: {
      const code = view.getUint8(HEADER) - 1;
      if (length !== HEADER + 1) throw new RemoteProtocolError("bad_packet", "last");
      if (kind === STOP) {
        return { kind: "stop", stream, token, reason: reasonOf(STOP_REASONS, code) };
      }
      return { kind: "end", stream, token, reason: reasonOf(END_REASONS, code) };
    }
    default:
      throw new RemoteProtocolError("bad_packet", "kind");
  }
}

/**
 * Writes a packet.
 *
 * @throws {RangeError} for what has no place in it: a bug of ours
 */
export function formatTransferPacket(packet: TransferPacket): Uint8Array<ArrayBuffer> {
  switch (packet.kind) {
    case "data": {
      const datagram = new Uint8Array(DATA_HEADER_BYTES + packet.bytes.length);
      writeData(
        new DataView(datagram.buffer),
        0,
        packet,
        packet.number,
        packet.piece,
        packet.chunk,
      );
      datagram.set(packet.bytes, DATA_HEADER_BYTES);
      return datagram;
    }
    case "digests": {
      const view = headed(DIGESTS, packet, 8 + packet.digests.length);
      view.setUint32(HEADER, packet.number);
      view.setUint32(HEADER + 4, packet.first);
      const datagram = new Uint8Array(view.buffer);
      datagram.set(packet.digests, HEADER + 8);
      return datagram;
    }
    case "ping": {
      const view = headed(PING, packet, 4);
      view.setUint32(HEADER, packet.number);
      return new Uint8Array(view.buffer);
    }
    case "ack": {
      const body = writeAck(packet);
      const datagram = new Uint8Array(headed(ACK, packet, body.length).buffer);
      datagram.set(body, HEADER);
      return datagram;
    }
    case "stop":
    case "end": {
      const reasons: readonly string[] = packet.kind === "stop" ? STOP_REASONS : END_REASONS;
      const view = headed(packet.kind === "stop" ? STOP : END, packet, 1);
      view.setUint8(HEADER, reasons.indexOf(packet.reason) + 1);
      return new Uint8Array(view.buffer);
    }
  }
}

/**
 * Writes the header of a data packet at `at`, without making anything new: a source does this 20,000
 * times a second. The chunk goes {@link DATA_HEADER_BYTES} behind `at`.
 */
export function writeData(
  view: DataView,
  at: number,
  header: TransferHeader,
  number: number,
  piece: number,
  chunk: number,
): void {
  writeHeader(view, at, DATA, header);
  view.setUint32(at + HEADER, number);
  view.setUint32(at + HEADER + 4, piece);
  view.setUint8(at + HEADER + 8, chunk);
}

function viewFrom(view: DataView, at: number): DataView {
  return new DataView(view.buffer, view.byteOffset + at, view.byteLength - at);
}

function streamAt(view: DataView): number {
  return view.getUint16(1) * 0x1_0000_0000 + view.getUint32(3);
}

function numberOf(view: DataView): number {
  const number = view.getUint32(HEADER);
  if (number === 0) throw new RemoteProtocolError("bad_packet", "number");
  return number;
}

function reasonOf<Reason>(reasons: readonly Reason[], code: number): Reason {
  const reason = reasons[code];
  if (reason === undefined) throw new RemoteProtocolError("bad_packet", "reason");
  return reason;
}

function headed(kind: number, header: TransferHeader, body: number): DataView<ArrayBuffer> {
  if (HEADER + body > MOST_PACKET_BYTES) throw new RangeError("no such packet");
  const view = new DataView(new ArrayBuffer(HEADER + body));
  writeHeader(view, 0, kind, header);
  return view;
}

function writeHeader(view: DataView, at: number, kind: number, header: TransferHeader): void {
  view.setUint8(at, kind);
  view.setUint16(at + 1, Math.floor(header.stream / 0x1_0000_0000));
  view.setUint32(at + 3, header.stream >>> 0);
  view.setUint32(at + 7, header.token);
}
