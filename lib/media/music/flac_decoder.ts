import { FLACDecoder } from "@wasm-audio-decoders/flac";
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
import { type FlacFrame, FlacFrames } from "./flac_frames.ts";
import { type FlacHead, FlacHeadReader } from "./flac_head.ts";
import { monoOf } from "./mono.ts";
import { MUSIC_LIMITS } from "./music_limits.ts";
import { estimatedOffset } from "./offset_estimate.ts";

/** FLAC: frame by frame, each of which tells exactly where in the song it is. RFC 9639. */
export class FlacDecoder implements MusicDecoder {
  info: SoundInfo | null = null;
  readonly #headReader: FlacHeadReader;
  readonly #frames: FlacFrames;
  #head: FlacHead | null = null;
  /** Where the first frame is. */
  #start = 0;
  #lastPosition = 0;
  #lastAt = 0;
  #silent = 0;
  /** Damaged places that the library was told of, and frames in a row that it gave nothing for. */
  #forgiven = 0;
  #refused = 0;

  private constructor(
    readonly input: ByteQueue,
    readonly facts: SongFacts,
    readonly library: FLACDecoder,
  ) {
    this.#headReader = new FlacHeadReader(input);
    this.#frames = new FlacFrames(input);
  }

  /** Loads the library, some 15 ms the first time. */
  static async open(input: ByteQueue, facts: SongFacts): Promise<FlacDecoder> {
    const library = new FLACDecoder();
    await library.ready;
    return new FlacDecoder(input, facts, library);
  }

  get damaged(): number {
    return this.#frames.damaged;
  }

  async step(): Promise<DecodeStep> {
    const { input } = this;
    if (this.#head === null) return this.#readHead();
    const before = input.length;
    const frame = this.#frames.next();
    if (frame === null) return input.ended && input.length === 0 ? OVER : HUNGRY;
    if (frame === "skipped") {
      this.#silent += before - input.length;
      return this.#silent > MUSIC_LIMITS.flacFrameBytes ? unplayable("no frame of FLAC") : SKIPPED;
    }
    this.#silent = 0;
    return await this.#decoded(this.#head, frame);
  }

  byteOffsetOf(seconds: number): number | null {
    if (this.#head === null) return null;
    const head = this.#head;
    const sample = seconds * head.rate;
    const music = this.facts.size - this.#start;
    const total = head.samples ?? (this.facts.seconds ?? 0) * head.rate;
    const places = [
      ...head.places.filter((place) => place.offset < music),
      ...total > 0 ? [{ sample: total, offset: music }] : [],
    ];
    const after = places.find((place) => place.sample > sample);
    const before = places.findLast((place) => place.sample <= sample) ?? { sample: 0, offset: 0 };
    if (places.length > 0) {
      const part = after === undefined
        ? 0
        : (sample - before.sample) / (after.sample - before.sample);
      const bytes = before.offset + part * ((after ?? before).offset - before.offset);
      return Math.min(this.facts.size, this.#start + Math.floor(Math.max(0, bytes)));
    }
    return estimatedOffset(seconds, {
      start: this.#start,
      seconds: null,
      bytesPerSecond: this.#lastAt > 0 ? (this.#lastPosition - this.#start) / this.#lastAt : null,
    }, this.facts);
  }

  async restart(_seconds: number): Promise<void> {
    this.#frames.restart();
    this.#silent = 0;
    await this.library.reset();
  }

  [Symbol.dispose](): void {
    this.library.free();
  }

  #readHead(): DecodeStep {
    const { input } = this;
    const head = this.#headReader.read();
    if (head === "bad") return unplayable("a head of FLAC");
    if (head === "hungry") return input.ended ? unplayable("half a head of FLAC") : HUNGRY;
    this.#head = head;
    this.#start = input.position;
    const { rate, channels, samples } = head;
    if (rate === 0) return unplayable("FLAC without a rate");
    this.info = {
      codec: "flac",
      rate,
      channels,
      seconds: samples === null ? null : samples / rate,
    };
    return SKIPPED;
  }

  async #decoded(head: FlacHead, { header, bytes }: FlacFrame): Promise<DecodeStep> {
    // Its library has not seen the file's head, and cannot look there.
    if (header.rate === null) return unplayable("FLAC whose frames do not tell their rate");
    const sample = header.variable
      ? header.number
      : header.number * (head.frameSamples || header.samples);
    const at = sample / head.rate;
    this.#lastPosition = this.input.position;
    this.#lastAt = at;
    // It takes a frame that does not follow for a fault, and says so loudly.
    if (this.#frames.damaged > this.#forgiven) await this.library.reset();
    this.#forgiven = this.#frames.damaged;
    const { channelData, samplesDecoded } = await this.library.decodeFrames([bytes]);
    if (samplesDecoded === 0) {
      const tooMany = ++this.#refused > MUSIC_LIMITS.decoderFailures;
      return tooMany ? unplayable("FLAC that its library refuses") : SKIPPED;
    }
    this.#refused = 0;
    return { kind: "sound", samples: monoOf(channelData), rate: head.rate, at };
  }
}
