/**
 * RTCP reports (RFC 3550, section 6), on the port of the sound (RFC 5761): how much of it arrived,
 * how regularly, and how long a round trip takes.
 *
 * ```text
 * |V=2|P|  count  |      PT       |  length in words of 4 bytes, less one |
 * PT 200  sender's report: SSRC, NTP time (8), RTP timestamp, packets, bytes, count × block
 * PT 201  receiver's report: SSRC, count × block
 * PT 202  source description: count × (SSRC, items), of which 1 is the canonical name
 * PT 203  farewell: count × SSRC
 * block   SSRC, fraction lost (1), lost (3, signed), highest sequence (4), jitter, LSR, DLSR
 * ```
 *
 * A datagram is one or more of these and begins with a report. `protocols/call.md`.
 *
 * @module
 */
import { RemoteProtocolError } from "../base/errors.ts";

/** What one side got of the other's packets (RFC 3550, 6.4.1). */
export interface ReportBlock {
  /** Whose packets these are. */
  readonly ssrc: number;
  /** Lost since the report before, in 1/256, 0–255. */
  readonly fractionLost: number;
  /** Expected less received since the start; duplicates make it negative. −2²³ to 2²³−1. */
  readonly lost: number;
  /** Highest sequence number received, its wraps in the upper 16 bits. */
  readonly highestSequence: number;
  /** Interarrival jitter in steps of the RTP clock. */
  readonly jitter: number;
  /** The middle 32 bits of the NTP time of the last sender's report, or 0. */
  readonly lastReport: number;
  /** Time from that report to this one in 1/65536 s. */
  readonly sinceLastReport: number;
}

/** What a side that sends says of itself. */
export interface SenderInfo {
  /** Seconds of the sender's clock (any clock that does not jump), 0–2³²−1. */
  readonly seconds: number;
  /** And 1/2³² of a second. */
  readonly fraction: number;
  /** The same moment in RTP time. */
  readonly timestamp: number;
  readonly packets: number;
  /** Bytes of payload. */
  readonly bytes: number;
}

/** One part of an RTCP datagram. */
export type RtcpPart =
  | {
    readonly kind: "report";
    readonly ssrc: number;
    /** Null in a receiver's report. */
    readonly sender: SenderInfo | null;
    readonly blocks: readonly ReportBlock[];
  }
  | { readonly kind: "name"; readonly ssrc: number; readonly name: string }
  | { readonly kind: "bye"; readonly ssrcs: readonly number[] };

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const DESCRIPTION = 202;
const BYE = 203;
const CANONICAL_NAME = 1;
const BLOCK = 24;

/**
 * The parts of an RTCP datagram that this project knows; others are stepped over. Of a source
 * description the first source's canonical name is read.
 *
 * @throws {RemoteProtocolError} `bad_rtcp` where the parts do not fill the datagram exactly
 */
export function parseRtcp(datagram: Uint8Array): RtcpPart[] {
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.length);
  const parts: RtcpPart[] = [];
  for (let at = 0; at < datagram.length;) {
    if (at + 4 > datagram.length) throw new RemoteProtocolError("bad_rtcp", "cut off");
    const first = view.getUint8(at);
    const type = view.getUint8(at + 1);
    const end = at + 4 + 4 * view.getUint16(at + 2);
    const padded = (first & 0x20) !== 0;
    const report = type === SENDER_REPORT || type === RECEIVER_REPORT;
    if (first >> 6 !== 2 || end > datagram.length || at === 0 && !report) {
      throw new RemoteProtocolError("bad_rtcp", `part ${type}`);
    }
    if (padded && end < datagram.length) throw new RemoteProtocolError("bad_rtcp", "padding");
    const part = readPart(
      type,
      first & 0x1f,
      new DataView(view.buffer, view.byteOffset + at + 4, end - at - 4),
    );
    if (part !== null) parts.push(part);
    at = end;
  }
  if (datagram.length === 0) throw new RemoteProtocolError("bad_rtcp", "nothing");
  return parts;
}

/** The parts as one datagram. Names are cut to 255 bytes. */
export function formatRtcp(parts: readonly RtcpPart[]): Uint8Array {
  const written = parts.map(writePart);
  const datagram = new Uint8Array(written.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of written) {
    datagram.set(part, at);
    at += part.length;
  }
  return datagram;
}

function readPart(type: number, count: number, body: DataView): RtcpPart | null {
  const need = (bytes: number) => {
    if (body.byteLength < bytes) throw new RemoteProtocolError("bad_rtcp", "too short");
  };
  switch (type) {
    case SENDER_REPORT:
    case RECEIVER_REPORT: {
      const head = type === SENDER_REPORT ? 24 : 4;
      need(head + count * BLOCK);
      const sender = type === RECEIVER_REPORT ? null : {
        seconds: body.getUint32(4),
        fraction: body.getUint32(8),
        timestamp: body.getUint32(12),
        packets: body.getUint32(16),
        bytes: body.getUint32(20),
      };
      const blocks = Array.from({ length: count }, (_, n) => readBlock(body, head + n * BLOCK));
      return { kind: "report", ssrc: body.getUint32(0), sender, blocks };
    }
    case DESCRIPTION: {
      if (count === 0) return null;
      need(4);
      const name = readName(body);
      return name === null ? null : { kind: "name", ssrc: body.getUint32(0), name };
    }
    case BYE:
      need(4 * count);
      return { kind: "bye", ssrcs: Array.from({ length: count }, (_, n) => body.getUint32(4 * n)) };
    default:
      return null;
  }
}

function readBlock(body: DataView, at: number): ReportBlock {
  return {
    ssrc: body.getUint32(at),
    fractionLost: body.getUint8(at + 4),
    lost: body.getInt32(at + 4) << 8 >> 8,
    highestSequence: body.getUint32(at + 8),
    jitter: body.getUint32(at + 12),
    lastReport: body.getUint32(at + 16),
    sinceLastReport: body.getUint32(at + 20),
  };
}

function readName(body: DataView): string | null {
  for (let at = 4; at + 2 <= body.byteLength && body.getUint8(at) !== 0;) {
    const length = body.getUint8(at + 1);
    if (at + 2 + length > body.byteLength) throw new RemoteProtocolError("bad_rtcp", "item");
    if (body.getUint8(at) === CANONICAL_NAME) {
      return new TextDecoder().decode(
        new Uint8Array(body.buffer, body.byteOffset + at + 2, length),
      );
    }
    at += 2 + length;
  }
  return null;
}

function writePart(part: RtcpPart): Uint8Array {
  switch (part.kind) {
    case "report": {
      const head = part.sender === null ? 8 : 28;
      const bytes = headed(
        part.sender === null ? RECEIVER_REPORT : SENDER_REPORT,
        part.blocks.length,
        head + part.blocks.length * BLOCK,
      );
      const view = new DataView(bytes.buffer);
      view.setUint32(4, part.ssrc);
      if (part.sender !== null) {
        const { seconds, fraction, timestamp, packets, bytes: sent } = part.sender;
        [seconds, fraction, timestamp, packets, sent].forEach((value, n) =>
          view.setUint32(8 + 4 * n, value)
        );
      }
      part.blocks.forEach((block, n) => writeBlock(view, head + n * BLOCK, block));
      return bytes;
    }
    case "name": {
      const name = new TextEncoder().encode(part.name).subarray(0, 255);
      // At least one zero ends the items, and fills the last word.
      const bytes = headed(DESCRIPTION, 1, Math.ceil((8 + 2 + name.length + 1) / 4) * 4);
      new DataView(bytes.buffer).setUint32(4, part.ssrc);
      bytes.set([CANONICAL_NAME, name.length, ...name], 8);
      return bytes;
    }
    case "bye": {
      const bytes = headed(BYE, part.ssrcs.length, 4 + 4 * part.ssrcs.length);
      const view = new DataView(bytes.buffer);
      part.ssrcs.forEach((ssrc, n) => view.setUint32(4 + 4 * n, ssrc));
      return bytes;
    }
  }
}

function writeBlock(view: DataView, at: number, block: ReportBlock): void {
  view.setUint32(at, block.ssrc);
  view.setInt32(at + 4, block.lost);
  view.setUint8(at + 4, block.fractionLost);
  view.setUint32(at + 8, block.highestSequence);
  view.setUint32(at + 12, block.jitter);
  view.setUint32(at + 16, block.lastReport);
  view.setUint32(at + 20, block.sinceLastReport);
}

function headed(type: number, count: number, length: number): Uint8Array<ArrayBuffer> {
  if (count > 31) throw new RangeError("no such RTCP part");
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 2 << 6 | count);
  view.setUint8(1, type);
  view.setUint16(2, length / 4 - 1);
  return bytes;
}
