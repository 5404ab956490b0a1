import { RemoteProtocolError } from "../../base/errors.ts";

/** Numbers of packets that were received, both ends included. */
export interface AckRange {
  readonly low: number;
  readonly high: number;
}

/** What a listener has to say. */
export interface AckBody {
  /** Microseconds between the packet of the highest number and this acknowledgement. */
  readonly delay: number;
  /** Pieces below this are wanted no more. */
  readonly base: number;
  /** Bit n: piece `base + 1 + n` is wanted no more. */
  readonly have: number;
  /** Pieces below this may be sent. */
  readonly credit: number;
  /** Bytes a second at the most; 0 is no limit. */
  readonly rate: number;
  readonly paused: boolean;
  /** Whether the list of digests has come wholly. */
  readonly listed: boolean;
  /** What was received, the highest first. */
  readonly ranges: readonly AckRange[];
}

const PAUSED = 1;
const LISTED = 2;
/** Bytes before the ranges. */
const HEAD = 26;

/** Most ranges in an acknowledgement: at 5 % loss they reach back over 1,280 packets. */
export const MOST_ACK_RANGES = 64;

/**
 * Reads the body of an acknowledgement, which `view` is.
 *
 * @throws {RemoteProtocolError} `bad_packet` for what the grammar does not have
 */
export function readAck(view: DataView): AckBody {
  if (view.byteLength < HEAD) throw new RemoteProtocolError("bad_packet", "ack");
  const largest = view.getUint32(0);
  const flags = view.getUint8(24);
  const count = view.getUint8(25);
  if (count > MOST_ACK_RANGES || view.byteLength !== HEAD + 4 * count) {
    throw new RemoteProtocolError("bad_packet", "ranges");
  }
  if ((largest === 0) !== (count === 0)) throw new RemoteProtocolError("bad_packet", "largest");
  const ranges: AckRange[] = [];
  let next = largest;
  for (let index = 0; index < count; index++) {
    const gap = view.getUint16(HEAD + 4 * index);
    const length = view.getUint16(HEAD + 4 * index + 2);
    const high = next - gap;
    const low = high - length + 1;
    if (length === 0 || low < 1 || (gap === 0) !== (index === 0)) {
      throw new RemoteProtocolError("bad_packet", "range");
    }
    ranges.push({ low, high });
    next = low - 1;
  }
  return {
    delay: view.getUint32(4),
    base: view.getUint32(8),
    have: view.getUint32(12),
    credit: view.getUint32(16),
    rate: view.getUint32(20),
    paused: (flags & PAUSED) !== 0,
    listed: (flags & LISTED) !== 0,
    ranges,
  };
}

/**
 * Writes the body of an acknowledgement. Ranges that have no place in it are left out: the oldest,
 * and what is more than 16 bits can count.
 */
export function writeAck(ack: AckBody): Uint8Array<ArrayBuffer> {
  const ranges = writableRanges(ack.ranges);
  const view = new DataView(new ArrayBuffer(HEAD + 4 * ranges.length));
  view.setUint32(0, ranges[0]?.high ?? 0);
  view.setUint32(4, ack.delay);
  view.setUint32(8, ack.base);
  view.setUint32(12, ack.have);
  view.setUint32(16, ack.credit);
  view.setUint32(20, ack.rate);
  view.setUint8(24, (ack.paused ? PAUSED : 0) | (ack.listed ? LISTED : 0));
  view.setUint8(25, ranges.length);
  let above = ranges[0]?.high ?? 0;
  ranges.forEach(({ low, high }, index) => {
    view.setUint16(HEAD + 4 * index, above - high);
    view.setUint16(HEAD + 4 * index + 2, high - low + 1);
    above = low - 1;
  });
  return new Uint8Array(view.buffer);
}

/** The ranges that can be written: 16 bits count a gap or a length, and older ones are left out. */
function writableRanges(ranges: readonly AckRange[]): AckRange[] {
  const written: AckRange[] = [];
  for (const { low, high } of ranges) {
    const above = written.at(-1)?.low ?? high + 1;
    if (written.length === MOST_ACK_RANGES || above - 1 - high > 0xffff) break;
    written.push({ low: Math.max(low, high - 0xfffe), high });
    if (high - low > 0xfffe) break;
  }
  return written;
}
