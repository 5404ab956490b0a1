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
import { clamped } from "../frame.ts";
import { MUSIC_LIMITS } from "./music_limits.ts";
import { parseWavFormat, type WavLayout } from "./wav_layout.ts";

/** Samples of each channel that are converted in one step. */
const STEP_SAMPLES = 4096;
/** A size that says "not known", from programs that write into a pipe. */
const UNKNOWN_SIZE = 0xFFFF_FFFF;
const RIFF_BYTES = 12;
const CHUNK_BYTES = 8;
const FORMAT_BYTES = 26;

/** WAV, whole numbers of 8 to 32 bits or fractions of 32. Every place in it is exact. */
export class WavDecoder implements MusicDecoder {
  info: SoundInfo | null = null;
  readonly damaged = 0;
  #layout: WavLayout | null = null;
  #chunks = 0;
  /** Where the samples begin and end in the file; null before they were found. */
  #start: number | null = null;
  #end = Infinity;

  constructor(readonly input: ByteQueue, readonly facts: SongFacts) {}

  step(): Promise<DecodeStep> {
    const step = this.#start === null
      ? this.#readChunk()
      : this.#decoded(this.#layout!, this.#start);
    return Promise.resolve(step);
  }

  byteOffsetOf(seconds: number): number | null {
    if (this.#start === null) return null;
    const { rate, blockBytes } = this.#layout!;
    const block = Math.max(0, Math.floor(seconds * rate));
    return Math.min(this.facts.size, this.#start + block * blockBytes);
  }

  restart(_seconds: number): Promise<void> {
    return Promise.resolve();
  }

  [Symbol.dispose](): void {}

  #readChunk(): DecodeStep {
    const { input } = this;
    const bytes = input.bytes;
    const missing = () => input.ended ? unplayable("WAV without samples") : HUNGRY;
    if (this.#chunks === 0) {
      if (bytes.length < RIFF_BYTES) return missing();
      input.drop(RIFF_BYTES);
      this.#chunks++;
      return SKIPPED;
    }
    if (bytes.length < CHUNK_BYTES) return missing();
    const name = String.fromCharCode(...bytes.subarray(0, 4));
    const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
    if (name === "data") return this.#found(size);
    if (name === "fmt ") {
      const length = CHUNK_BYTES + Math.min(size, FORMAT_BYTES);
      if (bytes.length < length) return missing();
      const layout = parseWavFormat(bytes.subarray(CHUNK_BYTES, length));
      if (typeof layout === "string") return unplayable(layout);
      this.#layout = layout;
    }
    if (++this.#chunks > MUSIC_LIMITS.wavChunks) return unplayable("WAV without samples");
    // Chunks begin at even places.
    input.drop(CHUNK_BYTES + size + size % 2);
    return SKIPPED;
  }

  #found(size: number): DecodeStep {
    const { input } = this;
    if (this.#layout === null) return unplayable("WAV without a format");
    const { rate, channels, blockBytes } = this.#layout;
    input.drop(CHUNK_BYTES);
    this.#start = input.position;
    const known = size !== 0 && size !== UNKNOWN_SIZE;
    if (known) this.#end = this.#start + size - size % blockBytes;
    const bytes = Math.min(this.#end, Math.max(this.facts.size, this.#start)) - this.#start;
    this.info = { codec: "wav", rate, channels, seconds: Math.floor(bytes / blockBytes) / rate };
    return SKIPPED;
  }

  #decoded(layout: WavLayout, start: number): DecodeStep {
    const { input } = this;
    const { rate, channels, blockBytes, sampleBytes, read } = layout;
    // Behind a jump that hit the middle of a block.
    const astray = (input.position - start) % blockBytes;
    if (astray > 0) input.drop(blockBytes - astray);
    const left = Math.max(0, this.#end - input.position);
    const blocks = Math.floor(Math.min(input.length, left, STEP_SAMPLES * blockBytes) / blockBytes);
    if (blocks === 0) {
      if (left === 0 || input.ended) {
        input.drop(input.length);
        return input.ended ? OVER : HUNGRY;
      }
      return HUNGRY;
    }
    const at = (input.position - start) / blockBytes / rate;
    const bytes = input.bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const samples = new Int16Array(blocks);
    for (let n = 0; n < blocks; n++) {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) {
        sum += read(view, n * blockBytes + channel * sampleBytes);
      }
      samples[n] = clamped(Math.round(sum / channels));
    }
    input.drop(blocks * blockBytes);
    return { kind: "sound", samples, rate, at };
  }
}
