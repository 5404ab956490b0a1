import type { ByteQueue } from "./byte_queue.ts";
import { flacFrameChecksum } from "./flac_checksums.ts";
import { FLAC_HEADER_BYTES, type FlacHeader, parseFlacHeader } from "./flac_header.ts";
import { isId3v1 } from "./id3_tag.ts";
import { MUSIC_LIMITS } from "./music_limits.ts";

/** One whole frame of FLAC, proved by its checksum. */
export interface FlacFrame {
  readonly header: FlacHeader;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const CHECKSUM_BYTES = 2;
const ID3V1_BYTES = 128;
/** Headers in a row that may be damaged as well: so many frames are lost with one at the most. */
const MOST_FRAMES_LOST = 8;

/**
 * Cuts a file into frames of FLAC. Nothing tells a frame's length: it ends where another header
 * begins and the checksum of all before it is right. What is not so is left out.
 */
export class FlacFrames {
  /** Places where something was that is no frame. */
  damaged = 0;
  #follows = true;
  #header: FlacHeader | null = null;
  /** How far the frame was looked through, and the checksum up to there without its own bytes. */
  #looked = 0;
  #summed = 0;
  #sum = 0;

  constructor(readonly input: ByteQueue) {}

  /** The file goes on somewhere else. */
  restart(): void {
    this.#follows = false;
    this.#begin(null);
  }

  /** The next frame; "skipped" when something else was left out; null when more is needed. */
  next(): FlacFrame | "skipped" | null {
    const { input } = this;
    const bytes = input.bytes;
    if (bytes.length < FLAC_HEADER_BYTES && !input.ended) return null;
    if (bytes.length === 0) return null;
    if (this.#header === null) {
      const header = parseFlacHeader(bytes);
      if (header === null) return this.#skip();
      this.#begin(header);
    }
    const header = this.#header!;
    const most = Math.min(bytes.length, MUSIC_LIMITS.flacFrameBytes);
    const end = input.ended ? most : most - FLAC_HEADER_BYTES + 1;
    for (; this.#looked < end; this.#looked++) {
      const at = this.#looked;
      if (bytes[at] !== 0xFF || (bytes[at + 1]! & 0xFE) !== 0xF8) continue;
      const next = parseFlacHeader(bytes, at);
      if (next === null) continue;
      if (this.#isWhole(bytes, at)) return this.#taken(header, at);
      if (isSoonAfter(header, next)) return this.#skip(at);
    }
    if (input.ended) return this.#last(bytes, header);
    return bytes.length >= MUSIC_LIMITS.flacFrameBytes ? this.#skip() : null;
  }

  /** Behind the last frame there is nothing, or a tag that has no business there. */
  #last(bytes: Uint8Array, header: FlacHeader): FlacFrame | "skipped" {
    const tag = bytes.length - ID3V1_BYTES;
    if (tag > header.length && isId3v1(bytes, tag) && this.#isWhole(bytes, tag)) {
      return this.#taken(header, tag);
    }
    return this.#isWhole(bytes, bytes.length) ? this.#taken(header, bytes.length) : this.#skip();
  }

  #isWhole(bytes: Uint8Array, end: number): boolean {
    const covered = end - CHECKSUM_BYTES;
    if (covered < this.#header!.length) return false;
    if (covered < this.#summed) [this.#sum, this.#summed] = [0, 0];
    this.#sum = flacFrameChecksum(bytes, this.#summed, covered, this.#sum);
    this.#summed = covered;
    return this.#sum === (bytes[covered]! << 8 | bytes[covered + 1]!);
  }

  #taken(header: FlacHeader, length: number): FlacFrame {
    const bytes = this.input.bytes.slice(0, length);
    this.input.drop(length);
    this.#follows = true;
    this.#begin(null);
    return { header, bytes };
  }

  /** Leaves out everything up to what may be the next header, from `at` on. */
  #skip(at = 1): "skipped" {
    const bytes = this.input.bytes;
    if (this.#follows) this.damaged++;
    this.#follows = false;
    this.#begin(null);
    const end = Math.min(bytes.length, MUSIC_LIMITS.searchedBytes);
    while (at < end && (bytes[at] !== 0xFF || at + 1 < end && (bytes[at + 1]! & 0xFE) !== 0xF8)) {
      at++;
    }
    this.input.drop(at);
    return "skipped";
  }

  #begin(header: FlacHeader | null): void {
    this.#header = header;
    this.#looked = header?.length ?? 0;
    this.#summed = 0;
    this.#sum = 0;
  }
}

/** Whether a header is of one of the next frames of the same song, by its number. */
function isSoonAfter(before: FlacHeader, header: FlacHeader): boolean {
  const step = header.variable ? before.samples : 1;
  const frames = (header.number - before.number) / step;
  return header.variable === before.variable && header.rate === before.rate &&
    frames > 0 && frames <= MOST_FRAMES_LOST;
}
