import type { ByteQueue } from "./byte_queue.ts";
import { id3Bytes, isId3v1 } from "./id3_tag.ts";
import {
  isSameStream,
  MPEG_HEADER_BYTES,
  type MpegHeader,
  parseMpegHeader,
} from "./mpeg_header.ts";
import { MUSIC_LIMITS } from "./music_limits.ts";

/** One frame of MPEG audio, and where in the file it is. */
export interface MpegFrame {
  readonly header: MpegHeader;
  readonly position: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Cuts a file into frames of MPEG audio. A frame behind another is taken as it is; elsewhere one is
 * only believed when a second one follows, because the bytes that begin a frame are found in music
 * and pictures too.
 */
export class MpegFrames {
  /** Places where something was that is neither frame nor tag. */
  damaged = 0;
  #stream: MpegHeader | null = null;
  #follows = false;
  /** Bytes left out since the last frame. */
  #lost = 0;

  constructor(readonly input: ByteQueue) {}

  /** The file goes on somewhere else. */
  restart(): void {
    this.#follows = false;
  }

  /** The next frame; "skipped" when something else was left out; null when more bytes are needed. */
  next(): MpegFrame | "skipped" | null {
    const { input } = this;
    const bytes = input.bytes;
    if (bytes.length < MPEG_HEADER_BYTES) return this.#rest();
    const header = this.#header(bytes, 0);
    if (header !== null) {
      if (bytes.length < header.length) return this.#rest();
      const second = this.#follows ? true : this.#isFrameAt(bytes, header.length);
      if (second === null) return null;
      if (second) return this.#taken(header);
    }
    return this.#skip(bytes);
  }

  #taken(header: MpegHeader): MpegFrame {
    const { input } = this;
    const frame = {
      header,
      position: input.position,
      bytes: input.bytes.slice(0, header.length),
    };
    input.drop(header.length);
    this.#stream ??= header;
    this.#follows = true;
    this.#lost = 0;
    return frame;
  }

  /** Leaves out a tag, or everything up to the next place that may be a frame. */
  #skip(bytes: Uint8Array): "skipped" | null {
    const { input } = this;
    if (input.length < 10 && !input.ended) return null;
    const tag = id3Bytes(bytes) || (isId3v1(bytes, 0) ? 128 : 0);
    if (tag > 0) {
      input.drop(tag);
      return "skipped";
    }
    if (this.#follows) this.damaged++;
    this.#follows = false;
    const end = Math.min(bytes.length, MUSIC_LIMITS.searchedBytes);
    let at = 1;
    while (at < end && this.#header(bytes, at) === null) at++;
    // A header can be cut off by the end of what is there.
    const kept = at < end || input.ended ? 0 : MPEG_HEADER_BYTES - 1;
    input.drop(Math.max(1, at - kept));
    this.#lost += at;
    // The frame that everything was held against may have been none.
    if (this.#lost > MUSIC_LIMITS.searchedBytes) this.#stream = null;
    return "skipped";
  }

  /** Whether another frame begins there; null when that is not known yet. */
  #isFrameAt(bytes: Uint8Array, at: number): boolean | null {
    if (bytes.length < at + MPEG_HEADER_BYTES) return this.input.ended ? true : null;
    return this.#header(bytes, at) !== null || isId3v1(bytes, at);
  }

  #header(bytes: Uint8Array, at: number): MpegHeader | null {
    const header = parseMpegHeader(bytes, at);
    if (header === null || header.length <= MPEG_HEADER_BYTES) return null;
    return this.#stream === null || isSameStream(header, this.#stream) ? header : null;
  }

  /** A frame that is cut off by the end of the file is nothing. */
  #rest(): null {
    if (this.input.ended) this.input.drop(this.input.length);
    return null;
  }
}
