import { silentFrame } from "../../media/frame.ts";
import type { SoundDevice } from "../../media/sound_status.ts";
import { DeviceError, type Microphone, type MicrophoneEvents } from "./device.ts";
import { demandFile, fileFault } from "./file_fault.ts";
import { Pacer, type PacerClock, SYSTEM_PACER_CLOCK } from "./pacer.ts";
import { WavError } from "./wav_header.ts";
import { WavReader } from "./wav_reader.ts";

/**
 * A WAV file as a microphone, in real time: frame `k` comes when its last sample would have been
 * recorded, `20 × (k + 1)` ms after opening, and silence when the file is over. What a stalled
 * program did not take in time is skipped, as with any microphone.
 */
export class FileMicrophone implements Microphone {
  readonly device: SoundDevice;
  readonly #pacer: Pacer;
  /** The next frame, being read ahead, and its number. */
  #next: Promise<Int16Array | null>;
  #number = 0;
  /** Frames are delivered one after the other, also where reading is slow. */
  #delivering: Promise<void> = Promise.resolve();
  #disposed = false;

  private constructor(
    readonly path: string,
    readonly reader: WavReader,
    readonly events: MicrophoneEvents,
    clock: PacerClock,
  ) {
    this.device = fileDevice(path);
    this.#next = this.#read();
    this.#pacer = new Pacer((tick) => this.#tick(tick - 1), 1, clock);
  }

  /**
   * Opens a file.
   *
   * @throws {DeviceError} there is none, it may not be read, or is no WAV file
   */
  static async open(
    path: string,
    events: MicrophoneEvents,
    clock: PacerClock = SYSTEM_PACER_CLOCK,
  ): Promise<FileMicrophone> {
    try {
      await demandFile("read", path);
      // Opening a pipe would wait for whoever writes it.
      if (!(await Deno.stat(path)).isFile) throw new WavError("no regular file");
      return new FileMicrophone(path, await WavReader.open(path), events, clock);
    } catch (error) {
      throw new DeviceError(fileFault(error, path, "read"));
    }
  }

  get since(): number {
    return this.#pacer.start;
  }

  /** Stops, and closes the file. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#pacer[Symbol.dispose]();
    await this.#delivering;
    await this.#next.catch(() => {});
    this.reader[Symbol.dispose]();
  }

  /** Frame `due` is recorded. */
  #tick(due: number): void {
    this.#delivering = this.#delivering.then(() => this.#deliver(due)).catch((error) => {
      if (this.#disposed) return;
      this.#pacer[Symbol.dispose]();
      this.#disposed = true;
      this.reader[Symbol.dispose]();
      this.events.lost(fileFault(error, this.path, "read"));
    });
  }

  async #deliver(due: number): Promise<void> {
    let frame = await this.#next;
    while (this.#number < due && frame !== null) {
      this.#number++;
      frame = await this.#read();
    }
    if (this.#disposed) return;
    this.#number = due + 1;
    if (frame !== null) this.#next = this.#read();
    this.events.frame(frame ?? silentFrame());
  }

  #read(): Promise<Int16Array | null> {
    const read = this.reader.readFrame();
    // Its failure is met when the frame is due.
    read.catch(() => {});
    return read;
  }
}

/** The device that a file is, on either side. */
export function fileDevice(path: string): SoundDevice {
  return { backend: "file", id: `file:${path}`, label: path, card: null };
}
