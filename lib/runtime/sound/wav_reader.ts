import { FRAME_SAMPLES, SAMPLE_RATE, silentFrame } from "../../media/frame.ts";
import { Resampler } from "../../media/resampler.ts";
import { readWavFormat, type WavFormat } from "./wav_header.ts";
import { monoSamples } from "./wav_samples.ts";

/** Bytes that are read at once: so few that converting their rate holds up nothing. */
const PIECE_BYTES = 16_384;

/**
 * A WAV file as frames of 20 ms. Only a piece of it is ever in memory. What its header does not
 * cover is not read; a file that is shorter than its header says ends where it ends.
 */
export class WavReader implements Disposable {
  readonly #resampler: Resampler;
  readonly #buffer: Uint8Array<ArrayBuffer>;
  /** Samples read and not yet taken. */
  #samples: Int16Array = new Int16Array(0);
  /** Samples of the filter's lag, which are before the file's first. */
  #lag: number;
  #position: number;
  #ended = false;

  private constructor(readonly file: Deno.FsFile, readonly format: WavFormat) {
    this.#resampler = new Resampler(format.rate, SAMPLE_RATE);
    this.#lag = Math.round(this.#resampler.delay * SAMPLE_RATE);
    this.#position = format.start;
    this.#buffer = new Uint8Array(PIECE_BYTES - PIECE_BYTES % format.blockBytes);
  }

  /**
   * Opens a file.
   *
   * @throws {WavError} it is no WAV file that can be read
   * @throws what opening and reading a file can throw
   */
  static async open(path: string): Promise<WavReader> {
    const file = await Deno.open(path, { read: true });
    try {
      const format = await readWavFormat(async (position, length) => {
        const bytes = new Uint8Array(length);
        await file.seek(position, Deno.SeekMode.Start);
        return bytes.subarray(0, await filled(file, bytes));
      });
      await file.seek(format.start, Deno.SeekMode.Start);
      return new WavReader(file, format);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** The next frame, the last one filled up with silence; null behind the file's end. */
  async readFrame(): Promise<Int16Array | null> {
    while (this.#samples.length < FRAME_SAMPLES && !this.#ended) await this.#readPiece();
    if (this.#samples.length === 0) return null;
    const frame = silentFrame();
    frame.set(this.#samples.subarray(0, FRAME_SAMPLES));
    this.#samples = this.#samples.subarray(FRAME_SAMPLES);
    return frame;
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.file.close();
  }

  async #readPiece(): Promise<void> {
    const { bytes, start } = this.format;
    const left = bytes === null ? Infinity : start + bytes - this.#position;
    const piece = this.#buffer.subarray(0, Math.min(this.#buffer.length, left));
    const length = piece.length === 0 ? 0 : await filled(this.file, piece);
    this.#position += length;
    this.#append(this.#resampler.process(monoSamples(piece.subarray(0, length), this.format)));
    if (length < this.#buffer.length) this.#end();
  }

  /** The file is over: what is still in the filter is pushed out. */
  #end(): void {
    this.#ended = true;
    const lag = new Int16Array(Math.round(this.#resampler.delay * this.format.rate));
    this.#append(this.#resampler.process(lag));
  }

  #append(samples: Int16Array): void {
    const begin = Math.min(this.#lag, samples.length);
    this.#lag -= begin;
    const rest = this.#samples;
    this.#samples = new Int16Array(rest.length + samples.length - begin);
    this.#samples.set(rest);
    this.#samples.set(samples.subarray(begin), rest.length);
  }
}

/** Fills `bytes` from where the file stands; how many there were is fewer only at its end. */
async function filled(file: Deno.FsFile, bytes: Uint8Array): Promise<number> {
  let length = 0;
  while (length < bytes.length) {
    const read = await file.read(bytes.subarray(length));
    if (read === null) break;
    length += read;
  }
  return length;
}
