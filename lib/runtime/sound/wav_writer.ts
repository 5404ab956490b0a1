import { SECOND } from "../../base/units.ts";
import { SAMPLE_RATE } from "../../media/frame.ts";
import { WAV_HEADER_BYTES, WAV_MOST_BYTES, wavHeader } from "./wav_header.ts";

const SAMPLE_BYTES = 2;
/** Bytes that wait for a slow disk before the file is given up: 10 s of sound. */
const MOST_WAITING = 10 * SAMPLE_RATE * SAMPLE_BYTES;
/** Time after which the header is put right, so that the file of a killed program can be read. */
const HEADER_INTERVAL = 1 * SECOND;

/** Something to write: sound, or a gap of so many bytes of silence, which costs no memory. */
type Part = Uint8Array | number;

/**
 * Writes a WAV file, mono, 16 bits, 48 kHz, that can be read at any moment while it grows. Writing
 * never waits for the disk.
 */
export class WavWriter implements AsyncDisposable {
  #waiting: Part[] = [];
  #waitingBytes = 0;
  /** Bytes of samples taken, and those in the file. */
  #taken = 0;
  #written = 0;
  #headerAt = -Infinity;
  #writing: Promise<void> | null = null;
  #closed = false;
  #failed = false;

  private constructor(
    readonly file: Deno.FsFile,
    readonly onFailure: (error: Error) => void,
    readonly now: () => number,
  ) {}

  /**
   * Makes a file, or empties one.
   *
   * @param onFailure told once, when the disk is full, gone or far too slow; nothing is written then
   * @param now milliseconds of a clock that never goes back
   * @throws what opening a file for writing can throw
   */
  static async open(
    path: string,
    onFailure: (error: Error) => void,
    now: () => number,
  ): Promise<WavWriter> {
    const file = await Deno.open(path, { write: true, create: true, truncate: true });
    const writer = new WavWriter(file, onFailure, now);
    try {
      await writer.#writeHeader();
    } catch (error) {
      file.close();
      throw error;
    }
    return writer;
  }

  /** Samples taken so far, silence included. */
  get samples(): number {
    return this.#taken / SAMPLE_BYTES;
  }

  /** Adds samples. A file that is as long as a WAV file can be (12 hours) takes no more. */
  write(samples: Int16Array): void {
    if (!this.#takes(samples.byteLength)) return;
    if (this.#waitingBytes + samples.byteLength > MOST_WAITING) {
      return this.#fail(new Error("the disk is too slow"));
    }
    const { buffer, byteOffset, byteLength } = samples;
    this.#waitingBytes += byteLength;
    this.#add(new Uint8Array(buffer, byteOffset, byteLength).slice(), byteLength);
  }

  /** Adds `samples` samples of silence. */
  writeSilence(samples: number): void {
    const bytes = samples * SAMPLE_BYTES;
    if (bytes > 0 && this.#takes(bytes)) this.#add(bytes, bytes);
  }

  /** Writes what waits, puts the header right and closes the file. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#writing;
    try {
      if (!this.#failed) await this.#writeHeader();
    } catch (error) {
      this.#fail(error as Error);
    } finally {
      this.file.close();
    }
  }

  #takes(bytes: number): boolean {
    return !this.#closed && !this.#failed && this.#taken + bytes <= WAV_MOST_BYTES;
  }

  #add(part: Part, bytes: number): void {
    this.#taken += bytes;
    this.#waiting.push(part);
    this.#writing ??= this.#writeAll().catch((error) => this.#fail(error)).finally(() => {
      this.#writing = null;
    });
  }

  #fail(error: Error): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#waiting = [];
    this.onFailure(error);
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const part = this.#waiting.shift()!;
      if (typeof part === "number") await this.#writeGap(part);
      else await this.#writeBytes(part);
      if (this.now() >= this.#headerAt + HEADER_INTERVAL) await this.#writeHeader();
    }
  }

  async #writeBytes(bytes: Uint8Array): Promise<void> {
    this.#waitingBytes -= bytes.length;
    this.#written += bytes.length;
    await writeWhole(this.file, bytes);
  }

  /** A longer file has zeros in its new part, and the system stores none of them. */
  async #writeGap(bytes: number): Promise<void> {
    this.#written += bytes;
    await this.file.truncate(WAV_HEADER_BYTES + this.#written);
    await this.file.seek(0, Deno.SeekMode.End);
  }

  async #writeHeader(): Promise<void> {
    this.#headerAt = this.now();
    await this.file.seek(0, Deno.SeekMode.Start);
    await writeWhole(this.file, wavHeader(this.#written));
    await this.file.seek(0, Deno.SeekMode.End);
  }
}

async function writeWhole(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
}
