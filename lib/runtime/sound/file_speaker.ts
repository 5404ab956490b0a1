import { join, parse } from "node:path";
import { FRAME_SAMPLES, SAMPLES_PER_MS } from "../../media/frame.ts";
import type { SoundDevice } from "../../media/sound_status.ts";
import { monotonicNow } from "../clock.ts";
import { DeviceError, type DeviceEvents, type Speaker } from "./device.ts";
import { demandFile, fileFault } from "./file_fault.ts";
import { fileDevice } from "./file_microphone.ts";
import { WavWriter } from "./wav_writer.ts";

/** Files that speakers of this program are writing. */
const WRITING = new Set<string>();

/**
 * A WAV file as a speaker. What is played at some time after opening stands at that time in the
 * file, within a frame: gaps are filled with silence, and frames that come too fast are dropped.
 */
export class FileSpeaker implements Speaker {
  readonly device: SoundDevice;
  /** A file has no clock of its own. */
  readonly backlog = null;
  readonly since: number;
  readonly #writer: WavWriter;
  #disposed = false;

  private constructor(readonly path: string, writer: WavWriter, readonly now: () => number) {
    this.device = fileDevice(path);
    this.#writer = writer;
    this.since = now();
  }

  /**
   * Makes the file, or empties one. While another speaker writes it, as when music and a call play at
   * once, it is one with a number: `call (2).wav`.
   *
   * @param now milliseconds of a clock that never goes back
   * @throws {DeviceError} it may not or cannot be written
   */
  static async open(
    wanted: string,
    events: DeviceEvents,
    now: () => number = monotonicNow,
  ): Promise<FileSpeaker> {
    const path = freeOf(wanted);
    WRITING.add(path);
    try {
      await demandFile("write", path);
      let speaker: FileSpeaker | null = null;
      const failed = (error: Error) => {
        if (speaker !== null && !speaker.#disposed) events.lost(fileFault(error, path, "write"));
      };
      speaker = new FileSpeaker(path, await WavWriter.open(path, failed, now), now);
      return speaker;
    } catch (error) {
      WRITING.delete(path);
      throw new DeviceError(fileFault(error, path, "write"));
    }
  }

  /** Writes a frame at the time that it is now. */
  play(frame: Int16Array): void {
    const behind = this.#behind();
    if (behind > FRAME_SAMPLES) this.#writer.writeSilence(behind);
    if (behind >= -FRAME_SAMPLES) this.#writer.write(frame);
  }

  /** Fills the file up to now and closes it. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#writer.writeSilence(this.#behind());
    await this.#writer[Symbol.asyncDispose]();
    WRITING.delete(this.path);
  }

  /** Samples that the file lacks of the time since it was opened; negative where it is ahead. */
  #behind(): number {
    const elapsed = Math.round((this.now() - this.since) * SAMPLES_PER_MS);
    return elapsed - this.#writer.samples;
  }
}

/** The file itself, or where it is being written the first name with a number that is not. */
function freeOf(path: string): string {
  const { dir, name, ext } = parse(path);
  let free = path;
  for (let number = 2; WRITING.has(free); number++) free = join(dir, `${name} (${number})${ext}`);
  return free;
}
