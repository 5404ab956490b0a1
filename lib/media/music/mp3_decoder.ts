import { MPEGDecoder } from "mpg123-decoder";
import type { ByteQueue } from "./byte_queue.ts";
import {
  type DecodeStep,
  HUNGRY,
  type MusicDecoder,
  OVER,
  SKIPPED,
  type SongFacts,
  type SoundInfo,
  unplayable,
} from "./decoder.ts";
import { monoOf } from "./mono.ts";
import { type MpegFrame, MpegFrames } from "./mpeg_frames.ts";
import { type MpegIndex, parseMpegIndex, placeOf } from "./mpeg_index.ts";
import { MUSIC_LIMITS } from "./music_limits.ts";
import { estimatedOffset } from "./offset_estimate.ts";

/** MP3, and the older layers of MPEG audio: frame by frame, 26 ms of sound in 0.1 ms. */
export class Mp3Decoder implements MusicDecoder {
  info: SoundInfo | null = null;
  readonly #frames: MpegFrames;
  #library: MPEGDecoder;
  #index: MpegIndex | null = null;
  /** Where the first frame is, and bytes and seconds of the frames since. */
  #start = 0;
  #seen = { bytes: 0, seconds: 0 };
  #at = 0;
  #silent = 0;
  #lastRate = 0;
  /** Frames in a row that the library found faults with. */
  #refused = 0;

  private constructor(
    readonly input: ByteQueue,
    readonly facts: SongFacts,
    library: MPEGDecoder,
  ) {
    this.#frames = new MpegFrames(input);
    this.#library = library;
  }

  /** Loads the library, some 30 ms the first time. */
  static async open(input: ByteQueue, facts: SongFacts): Promise<Mp3Decoder> {
    return new Mp3Decoder(input, facts, await library(true));
  }

  get damaged(): number {
    return this.#frames.damaged;
  }

  // deno-lint-ignore require-await -- others have to wait
  async step(): Promise<DecodeStep> {
    const { input } = this;
    const before = input.length;
    const frame = this.#frames.next();
    if (frame === null) return input.ended && input.length === 0 ? OVER : HUNGRY;
    if (frame === "skipped") {
      this.#leftOut(before - input.length);
      return this.info === null && this.#silent > MUSIC_LIMITS.silentBytes
        ? unplayable("no frame of MPEG audio")
        : SKIPPED;
    }
    if (this.info === null) this.#begin(frame);
    return this.#decoded(frame);
  }

  byteOffsetOf(seconds: number): number | null {
    if (this.info === null) return null;
    const index = this.#index;
    const total = this.info.seconds;
    if (index !== null && total !== null && (index.places.length > 0 || index.bytes !== null)) {
      const bytes = index.bytes ?? this.facts.size - this.#start;
      const offset = this.#start + Math.floor(bytes * placeOf(index, seconds / total));
      return Math.min(this.facts.size, offset);
    }
    return estimatedOffset(seconds, {
      start: this.#start,
      seconds: total,
      bytesPerSecond: this.#seen.seconds > 0 ? this.#seen.bytes / this.#seen.seconds : null,
    }, this.facts);
  }

  async restart(seconds: number): Promise<void> {
    this.#frames.restart();
    this.#at = seconds;
    // Its count of what to cut off at both ends of the song is of no use from here on.
    const fresh = await library(false);
    this.#library.free();
    this.#library = fresh;
  }

  [Symbol.dispose](): void {
    this.#library.free();
  }

  /** What was left out had its time too. */
  #leftOut(bytes: number): void {
    this.#silent += bytes;
    if (this.#seen.bytes > 0) this.#at += bytes * this.#seen.seconds / this.#seen.bytes;
  }

  #begin({ header, bytes, position }: MpegFrame): void {
    this.#start = position;
    this.#index = parseMpegIndex(bytes, header);
    this.info = {
      codec: "mp3",
      rate: header.rate,
      channels: header.channels,
      seconds: this.#index?.seconds ?? null,
    };
  }

  #decoded({ header, bytes }: MpegFrame): DecodeStep {
    this.#seen.bytes += bytes.length;
    this.#seen.seconds += header.samples / header.rate;
    const { channelData, samplesDecoded, sampleRate, errors } = this.#library.decodeFrame(bytes);
    if (errors.length === 0) this.#refused = 0;
    else if (++this.#refused > MUSIC_LIMITS.decoderFailures) return unplayable(errors[0]!.message);
    this.#lastRate = sampleRate || this.#lastRate || header.rate;
    if (samplesDecoded === 0) return SKIPPED;
    const at = this.#at;
    this.#at += samplesDecoded / this.#lastRate;
    return { kind: "sound", samples: monoOf(channelData), rate: this.#lastRate, at };
  }
}

async function library(enableGapless: boolean): Promise<MPEGDecoder> {
  const decoder = new MPEGDecoder({ enableGapless });
  await decoder.ready;
  return decoder;
}
