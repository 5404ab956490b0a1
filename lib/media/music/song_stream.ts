import { FRAME_MS, SAMPLE_RATE } from "../frame.ts";
import { MEDIA_LIMITS } from "../limits.ts";
import { Resampler } from "../resampler.ts";
import { ByteQueue } from "./byte_queue.ts";
import type { DecodedSound, MusicDecoder, SongFacts, SoundInfo } from "./decoder.ts";
import { type FileFormat, fileFormat } from "./file_format.ts";
import { FrameQueue, type SongFrame } from "./frame_queue.ts";
import { ID3_HEAD_BYTES, id3Bytes } from "./id3_tag.ts";
import { MUSIC_LIMITS } from "./music_limits.ts";
import { openDecoder } from "./open_decoder.ts";

/** What one step of a song came to. */
export type SongStep =
  /** There may be more sound now. */
  | "worked"
  /** It needs more of the file. */
  | "hungry"
  /** The file is over, and all of its sound is there. */
  | "over"
  /** It can not be decoded here: {@link SongStream.obstacle} says why. */
  | "unplayable";

const NOWHERE = { bytes: -1, seconds: 0 };

/**
 * From the bytes of a music file to frames of 20 ms: finds out what it is, decodes it and brings it
 * to 48 kHz. Nothing is done but in {@link step}, each of which is short.
 */
export class SongStream implements Disposable {
  readonly #input = new ByteQueue();
  readonly #frames = new FrameQueue();
  #decoder: MusicDecoder | null = null;
  #resampler: Resampler | null = null;
  #format: FileFormat | null = null;
  #obstacle: string | null = null;
  #sounded = false;
  #over = false;
  /** Exceptions of the library, and those since the last sound. */
  #failures = 0;
  #failedInRow = 0;
  #endAt = 0;
  /** Where and when the sound begins that the bytes of a second are reckoned from. */
  #from = NOWHERE;
  /** Samples of the filter's lag, and those of them that are before the first and still come. */
  #lag = 0;
  #unheard = 0;
  #restart: { readonly seconds: number } | null = null;
  #disposed = false;

  constructor(readonly facts: SongFacts) {}

  /** What the file says of itself; null before it was understood. */
  get info(): SoundInfo | null {
    return this.#decoder?.info ?? null;
  }

  /** What kind of file it is; null before that is known. */
  get format(): FileFormat | null {
    return this.#format;
  }

  /** Damaged places that were left out. */
  get damaged(): number {
    return (this.#decoder?.damaged ?? 0) + this.#failures;
  }

  /** Why it cannot be decoded, in English, or null. */
  get obstacle(): string | null {
    return this.#obstacle;
  }

  /** Bytes that wait to be decoded. */
  get waiting(): number {
    return this.#input.length;
  }

  /** Frames that are ready. */
  get ready(): number {
    return this.#frames.length;
  }

  /** Whether anything of it could be decoded. */
  get sounded(): boolean {
    return this.#sounded;
  }

  /** Whether all sound of the file was decoded. */
  get over(): boolean {
    return this.#over;
  }

  /** Seconds that are ready, and those in what waits as far as can be told from what was. */
  get buffered(): number {
    const bytes = this.#input.position - this.#from.bytes;
    const seconds = this.#endAt - this.#from.seconds;
    const waiting = bytes > 0 && seconds > 0 ? this.#input.length * seconds / bytes : 0;
    return this.#frames.length * FRAME_MS / 1000 + waiting;
  }

  /** The next bytes of the file. They are copied. */
  push(bytes: Uint8Array): void {
    this.#input.push(bytes);
  }

  /** There are no more bytes. */
  end(): void {
    this.#input.end();
  }

  /** The next frame, or null where none is ready. */
  shift(): SongFrame | null {
    return this.#frames.shift();
  }

  /** Where in the file to go on from, for a time in seconds; null before the file was understood. */
  byteOffsetOf(seconds: number): number | null {
    return this.#decoder?.byteOffsetOf(seconds) ?? null;
  }

  /** What is pushed from now on stands at `offset` in the file, which is about at `seconds`. */
  restart(offset: number, seconds: number): void {
    this.#input.restart(offset);
    this.#frames.clear();
    this.#resampler = null;
    this.#over = false;
    this.#from = NOWHERE;
    this.#obstacle = null;
    if (offset > 0) this.#restart = { seconds };
    else this.#forget();
  }

  /** Goes on by a little. Never called again before it has resolved. */
  async step(): Promise<SongStep> {
    if (this.#obstacle !== null) return "unplayable";
    if (this.#over) return "over";
    if (this.#format === null && !this.#sniff()) return "hungry";
    if (this.#format === null) return "worked";
    if (this.#format === "foreign") return this.#unplayable("no format that is decoded here");
    try {
      return await this.#decode(this.#format);
    } catch (error) {
      return this.#failed(error as Error);
    }
  }

  /** Gives back what the library holds. */
  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#forget();
  }

  /** Finds out what the file is, behind its tags. False when more of it is needed. */
  #sniff(): boolean {
    const { bytes, ended } = this.#input;
    if (bytes.length < ID3_HEAD_BYTES && !ended) return false;
    const tag = id3Bytes(bytes);
    if (tag > 0) this.#input.drop(tag);
    else this.#format = fileFormat(bytes, ended);
    return tag > 0 || this.#format !== null;
  }

  async #decode(format: Exclude<FileFormat, "foreign">): Promise<SongStep> {
    if (this.#decoder === null) return await this.#open(format);
    if (this.#restart !== null) {
      const { seconds } = this.#restart;
      this.#restart = null;
      await this.#decoder.restart(seconds);
    }
    const decoder = this.#decoder;
    const step = await decoder.step();
    // It was sent elsewhere meanwhile: this is no longer wanted.
    if (this.#restart !== null || this.#decoder !== decoder) return "worked";
    switch (step.kind) {
      case "sound":
        return this.#heard(step);
      case "skipped":
        return "worked";
      case "hungry":
        return "hungry";
      case "over":
        return this.#finish();
      case "unplayable":
        return this.#unplayable(step.detail);
    }
  }

  async #open(format: Exclude<FileFormat, "foreign">): Promise<SongStep> {
    const decoder = await openDecoder(format, this.#input, this.facts);
    // It may not be wanted any more, or not at this place of the file.
    if (this.#disposed || this.#format !== format) decoder[Symbol.dispose]();
    else this.#decoder = decoder;
    return "worked";
  }

  #heard({ samples, rate, at }: DecodedSound): SongStep {
    const { least, most } = MEDIA_LIMITS.deviceRate;
    if (rate < least || rate > most) return this.#unplayable(`${rate} samples a second`);
    if (this.#resampler?.from !== rate) {
      this.#resampler = new Resampler(rate, SAMPLE_RATE);
      this.#lag = Math.round(this.#resampler.delay * SAMPLE_RATE);
      this.#unheard = this.#lag;
    }
    this.#sounded = true;
    this.#failedInRow = 0;
    if (this.#from.bytes < 0) this.#from = { bytes: this.#input.position, seconds: at };
    this.#endAt = at + samples.length / rate;
    const sound = this.#resampler.process(samples);
    const begin = Math.min(this.#unheard, sound.length);
    this.#unheard -= begin;
    this.#frames.push(sound.subarray(begin), at + (begin - this.#lag) / SAMPLE_RATE);
    return "worked";
  }

  #finish(): SongStep {
    if (!this.#sounded) return this.#unplayable("no sound in it");
    if (this.#resampler !== null) {
      // What is still in the filter.
      const lag = new Int16Array(Math.round(this.#resampler.delay * this.#resampler.from));
      const at = this.#endAt - this.#lag / SAMPLE_RATE;
      this.#frames.push(this.#resampler.process(lag), at);
    }
    this.#frames.finish();
    this.#over = true;
    return "over";
  }

  /** The library threw: it begins anew behind what it threw at. */
  #failed(error: Error): SongStep {
    this.#failures++;
    if (++this.#failedInRow > MUSIC_LIMITS.decoderFailures) return this.#unplayable(error.message);
    this.#restart ??= { seconds: this.#endAt };
    return "worked";
  }

  /** From the file's first byte, all is found out once more. */
  #forget(): void {
    const decoder = this.#decoder;
    this.#decoder = null;
    try {
      decoder?.[Symbol.dispose]();
    } catch {
      // A file has damaged the library's memory. All of that goes with the library itself.
    }
    this.#format = null;
    this.#restart = null;
  }

  #unplayable(detail: string): SongStep {
    this.#obstacle = detail;
    return "unplayable";
  }
}
