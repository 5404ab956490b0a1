import type { ByteQueue } from "./byte_queue.ts";
import { oggChecksum } from "./ogg_checksum.ts";
import { MUSIC_LIMITS } from "./music_limits.ts";

/** A page of an Ogg file, with the packets that end on it. RFC 3533, 6. */
export interface OggPage {
  /** Which of the file's streams it is of. */
  readonly serial: number;
  /** Whether a stream begins or ends with it. */
  readonly first: boolean;
  readonly last: boolean;
  /** Samples of the stream up to the end of its last packet; null where none ends on it. */
  readonly granule: number | null;
  readonly packets: readonly Uint8Array<ArrayBuffer>[];
}

const HEAD_BYTES = 27;
const CAPTURE = [0x4F, 0x67, 0x67, 0x53];

/** A part of a packet that goes on on the next page. */
interface Unfinished {
  readonly serial: number;
  readonly sequence: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Cuts an Ogg file into pages and their packets. A page whose checksum is wrong is left out, with
 * the packets that reach into it.
 */
export class OggPages {
  /** Places where something was that is no page. */
  damaged = 0;
  #unfinished: Unfinished | null = null;
  #follows = true;

  constructor(readonly input: ByteQueue) {}

  /** The file goes on somewhere else. */
  restart(): void {
    this.#unfinished = null;
    this.#follows = false;
  }

  /** The next page; "skipped" when something else was left out; null when more is needed. */
  next(): OggPage | "skipped" | null {
    const { input } = this;
    const bytes = input.bytes;
    if (bytes.length < HEAD_BYTES) return this.#rest();
    if (!isCapture(bytes, 0)) return this.#skip(bytes);
    const segments = bytes[26]!;
    const headBytes = HEAD_BYTES + segments;
    if (bytes.length < headBytes) return this.#rest();
    const lacing = bytes.subarray(HEAD_BYTES, headBytes);
    const length = headBytes + lacing.reduce((sum, part) => sum + part, 0);
    if (bytes.length < length) {
      // The end of a file that was cut off may hide smaller pages, but a page is little.
      return this.#rest();
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, length);
    if (view.getUint32(22, true) !== oggChecksum(bytes.subarray(0, length))) {
      return this.#skip(bytes);
    }
    const page = this.#page(view, bytes.slice(headBytes, length), lacing);
    input.drop(length);
    this.#follows = true;
    return page;
  }

  #page(view: DataView, body: Uint8Array<ArrayBuffer>, lacing: Uint8Array): OggPage {
    const flags = view.getUint8(5);
    const serial = view.getUint32(14, true);
    const sequence = view.getUint32(18, true);
    const granule = Number(view.getBigInt64(6, true));
    const packets: Uint8Array<ArrayBuffer>[] = [];
    const continued = (flags & 1) !== 0;
    const before = this.#unfinished;
    const fits = before?.serial === serial && before.sequence + 1 === sequence;
    let head = continued && fits ? before.bytes : null;
    // The end of a packet whose beginning is lost.
    let headless = continued && head === null;
    this.#unfinished = null;
    let start = 0;
    let end = 0;
    lacing.forEach((part, n) => {
      end += part;
      const ends = part < 255;
      if (!ends && n < lacing.length - 1) return;
      const bytes = head === null
        ? body.slice(start, end)
        : joined(head, body.subarray(start, end));
      head = null;
      start = end;
      const fitting = !headless && bytes.length <= MUSIC_LIMITS.oggPacketBytes;
      if (ends) headless = false;
      if (ends && fitting) packets.push(bytes);
      else if (fitting) this.#unfinished = { serial, sequence, bytes };
    });
    return {
      serial,
      first: (flags & 2) !== 0,
      last: (flags & 4) !== 0,
      granule: granule < 0 ? null : granule,
      packets,
    };
  }

  #skip(bytes: Uint8Array): "skipped" {
    if (this.#follows) this.damaged++;
    this.#follows = false;
    const end = Math.min(bytes.length, MUSIC_LIMITS.searchedBytes);
    let at = 1;
    while (at < end && !isCapture(bytes.subarray(0, end), at)) at++;
    this.input.drop(at);
    return "skipped";
  }

  /** A page that is cut off by the end of the file is nothing. */
  #rest(): null {
    if (this.input.ended) this.input.drop(this.input.length);
    return null;
  }
}

/** Whether a page begins there, or the bytes end before that can be said. */
function isCapture(bytes: Uint8Array, at: number): boolean {
  return CAPTURE.every((byte, n) => at + n >= bytes.length || bytes[at + n] === byte);
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
