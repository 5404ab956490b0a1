/**
 * RTP data packets (RFC 3550, section 5): the sound of a call, one packet for each 20 ms.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |V=2|P|X|  CC   |M|     PT      |            sequence           |
 * |                          timestamp                            |
 * |                            SSRC                               |
 * |                    CC × CSRC (4 bytes each)                   |
 * |  X: profile (2 bytes)         | length in words of 4 bytes    |
 * |  X: data …                                                    |
 * |  payload …                          P: padding … | its length |
 * ```
 *
 * Payload type 111 is `opus/48000` (RFC 7587), 97 is `L16/16000` (RFC 3551, big-endian); all numbers
 * are big-endian. A second byte of 192–223 is RTCP on the same port (RFC 5761), see `rtcp.ts`.
 * `protocols/call.md`.
 *
 * @module
 */
import { RemoteProtocolError } from "../base/errors.ts";

/** What a payload type stands for. */
export interface PayloadFormat {
  /** As an invitation names it. */
  readonly name: "opus/48000" | "L16/16000";
  readonly payloadType: number;
  /** Steps of the RTP timestamp in a second. */
  readonly clockRate: number;
}

/** Opus as RFC 7587 carries it: its clock is 48 kHz whatever the sound's band. */
export const OPUS: PayloadFormat = { name: "opus/48000", payloadType: 111, clockRate: 48_000 };
/** Uncompressed 16-bit samples in network order, always available. */
export const L16: PayloadFormat = { name: "L16/16000", payloadType: 97, clockRate: 16_000 };

/** The data behind the header that some programs add (RFC 3550, 5.3.1). */
export interface RtpExtension {
  /** What defines the data, 0–65535. */
  readonly profile: number;
  /** A whole number of words of 4 bytes. */
  readonly data: Uint8Array;
}

/** One data packet. */
export interface RtpPacket {
  /** After a pause: the first packet of a talkspurt. */
  readonly marker: boolean;
  /** 0–127. */
  readonly payloadType: number;
  /** 0–65535, one more with each packet, wrapping. */
  readonly sequence: number;
  /** Of the first sample, in steps of the payload format's clock, 0–2³²−1, wrapping. */
  readonly timestamp: number;
  /** The source, 0–2³²−1. */
  readonly ssrc: number;
  /** Sources that a mixer put together, at most 15. */
  readonly csrcs: readonly number[];
  readonly extension: RtpExtension | null;
  /** In {@link parseRtp}'s answer a view of the datagram. */
  readonly payload: Uint8Array;
  /** Bytes of padding behind the payload, their count included: 0–255. */
  readonly padding: number;
}

const VERSION = 2;
const HEADER = 12;

/** Whether a datagram that begins like RTP is RTCP (RFC 5761, section 4). */
export function isRtcp(datagram: Uint8Array): boolean {
  const type = datagram[1] ?? 0;
  return type >= 192 && type <= 223;
}

/**
 * A datagram as an RTP data packet.
 *
 * @throws {RemoteProtocolError} `rtp_too_short`, `bad_rtp_version` or `bad_rtp_padding`
 */
export function parseRtp(datagram: Uint8Array): RtpPacket {
  if (datagram.length < HEADER) throw new RemoteProtocolError("rtp_too_short");
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.length);
  const first = view.getUint8(0);
  if (first >> 6 !== VERSION) throw new RemoteProtocolError("bad_rtp_version", `${first >> 6}`);
  let start = HEADER + 4 * (first & 0x0f);
  if (start > datagram.length) throw new RemoteProtocolError("rtp_too_short");
  const csrcs: number[] = [];
  for (let at = HEADER; at < start; at += 4) csrcs.push(view.getUint32(at));
  let extension: RtpExtension | null = null;
  if ((first & 0x10) !== 0) {
    if (start + 4 > datagram.length) throw new RemoteProtocolError("rtp_too_short");
    const end = start + 4 + 4 * view.getUint16(start + 2);
    if (end > datagram.length) throw new RemoteProtocolError("rtp_too_short");
    extension = { profile: view.getUint16(start), data: datagram.subarray(start + 4, end) };
    start = end;
  }
  let padding = 0;
  if ((first & 0x20) !== 0) {
    padding = view.getUint8(datagram.length - 1);
    if (padding === 0 || start + padding > datagram.length) {
      throw new RemoteProtocolError("bad_rtp_padding", `${padding}`);
    }
  }
  const second = view.getUint8(1);
  return {
    marker: (second & 0x80) !== 0,
    payloadType: second & 0x7f,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    csrcs,
    extension,
    payload: datagram.subarray(start, datagram.length - padding),
    padding,
  };
}

/**
 * A data packet as it is sent.
 *
 * @throws {RangeError} for what has no place in a packet: a caller's bug
 */
export function formatRtp(packet: RtpPacket): Uint8Array {
  const { csrcs, extension, payload, padding } = packet;
  const words = (extension?.data.length ?? 0) / 4;
  if (csrcs.length > 15 || !Number.isInteger(words) || words > 0xffff || padding > 255) {
    throw new RangeError("no such RTP packet");
  }
  const start = HEADER + 4 * csrcs.length + (extension === null ? 0 : 4 + 4 * words);
  const datagram = new Uint8Array(start + payload.length + padding);
  const view = new DataView(datagram.buffer);
  view.setUint8(
    0,
    VERSION << 6 | (padding > 0 ? 0x20 : 0) | (extension === null ? 0 : 0x10) | csrcs.length,
  );
  view.setUint8(1, (packet.marker ? 0x80 : 0) | packet.payloadType & 0x7f);
  view.setUint16(2, packet.sequence);
  view.setUint32(4, packet.timestamp);
  view.setUint32(8, packet.ssrc);
  csrcs.forEach((csrc, index) => view.setUint32(HEADER + 4 * index, csrc));
  if (extension !== null) {
    const at = HEADER + 4 * csrcs.length;
    view.setUint16(at, extension.profile);
    view.setUint16(at + 2, words);
    datagram.set(extension.data, at + 4);
  }
  datagram.set(payload, start);
  if (padding > 0) view.setUint8(datagram.length - 1, padding);
  return datagram;
}
