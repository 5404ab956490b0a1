import type { ByteQueue } from "./byte_queue.ts";
import { MUSIC_LIMITS } from "./music_limits.ts";

/** What a FLAC file says of itself in front of its frames. RFC 9639, 8. */
export interface FlacHead {
  readonly rate: number;
  readonly channels: number;
  /** Samples of the song, or null where it does not tell. */
  readonly samples: number | null;
  /** Samples of each frame but the last; 0 where they differ. */
  readonly frameSamples: number;
  /** Some samples and where their frames begin, in bytes from the first one. */
  readonly places: readonly { readonly sample: number; readonly offset: number }[];
}

const STREAM_INFO = 0;
const SEEK_TABLE = 3;
const STREAM_INFO_BYTES = 34;
const POINT_BYTES = 18;
const MARK = [0x66, 0x4C, 0x61, 0x43];

/**
 * Reads a file's head as it arrives, block by block; pictures and texts are left out without being
 * kept.
 */
export class FlacHeadReader {
  #marked = false;
  #head: Omit<FlacHead, "places"> | null = null;
  #places: FlacHead["places"] = [];
  #last = false;

  constructor(readonly input: ByteQueue) {}

  /** The head, once all of it was read; before, whether it is `hungry` or no such head. */
  read(): FlacHead | "hungry" | "bad" {
    const { input } = this;
    while (!this.#last) {
      const bytes = input.bytes;
      if (bytes.length < 4) return "hungry";
      if (!this.#marked) {
        if (MARK.some((byte, n) => bytes[n] !== byte)) return "bad";
        this.#marked = true;
        input.drop(4);
        continue;
      }
      const kind = bytes[0]! & 0x7F;
      const length = bytes[1]! << 16 | bytes[2]! << 8 | bytes[3]!;
      const kept = kind === STREAM_INFO
        ? STREAM_INFO_BYTES
        : kind === SEEK_TABLE
        ? Math.min(length, MUSIC_LIMITS.seekPoints * POINT_BYTES)
        : 0;
      if (kept > length) return "bad";
      if (bytes.length < 4 + kept) return "hungry";
      this.#last = bytes[0]! >> 7 === 1;
      this.#take(kind, bytes.slice(4, 4 + kept));
      input.drop(4 + length);
    }
    return this.#head === null ? "bad" : { ...this.#head, places: this.#places };
  }

  #take(kind: number, bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (kind === STREAM_INFO) {
      const least = view.getUint16(0);
      const samples = (view.getUint8(13) & 15) * 2 ** 32 + view.getUint32(14);
      this.#head = {
        rate: view.getUint32(10) >>> 12,
        channels: (view.getUint8(12) >> 1 & 7) + 1,
        samples: samples === 0 ? null : samples,
        frameSamples: least === view.getUint16(2) ? least : 0,
      };
    }
    if (kind !== SEEK_TABLE) return;
    const count = Math.floor(bytes.length / POINT_BYTES);
    this.#places = Array.from({ length: count }, (_, n) => ({
      // Points that only keep a place for others have all bits set, and so lie behind every song.
      sample: Number(view.getBigUint64(n * POINT_BYTES)),
      offset: Number(view.getBigUint64(n * POINT_BYTES + 8)),
    })).filter((place, n, all) =>
      Number.isSafeInteger(place.sample) &&
      (n === 0 || place.sample > all[n - 1]!.sample && place.offset > all[n - 1]!.offset)
    );
  }
}
