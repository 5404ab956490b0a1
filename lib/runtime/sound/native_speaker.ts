import { Buffer } from "node:buffer";
import { SAMPLE_RATE, silentFrame } from "../../media/frame.ts";
import type { SoundDevice } from "../../media/sound_status.ts";
import { DeviceError, type DeviceEvents, type Speaker } from "./device.ts";
import { nativeDevice, nativeFault, type NativeLibrary } from "./native_library.ts";

/** Frames that wait while the library takes none; then the oldest is dropped. */
const MOST_WAITING = 3;

/** A speaker of the system, through the library `decibri`. */
export class NativeSpeaker implements Speaker {
  /** The library does not tell. */
  readonly backlog = null;
  readonly #player: InstanceType<NativeLibrary["Speaker"]>;
  readonly #waiting: Int16Array[] = [];
  #writing = false;
  #disposed = false;

  private constructor(
    readonly device: SoundDevice,
    player: InstanceType<NativeLibrary["Speaker"]>,
    readonly events: DeviceEvents,
  ) {
    this.#player = player;
  }

  /**
   * Opens a speaker, with a first frame of silence.
   *
   * @throws {DeviceError} it cannot be opened
   */
  static async open(
    library: NativeLibrary,
    device: SoundDevice,
    events: DeviceEvents,
  ): Promise<NativeSpeaker> {
    try {
      const player = await library.Speaker.open({
        sampleRate: SAMPLE_RATE,
        channels: 1,
        device: nativeDevice(device),
      });
      // The device itself is opened by the first write only.
      await player.writeAsync(bytesOf(silentFrame()));
      return new NativeSpeaker(device, player, events);
    } catch (error) {
      throw new DeviceError(nativeFault(device, error));
    }
  }

  play(frame: Int16Array): void {
    if (this.#disposed) return;
    this.#waiting.push(frame.slice());
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    if (!this.#writing) this.#write();
  }

  /** Stops at once. */
  [Symbol.asyncDispose](): Promise<void> {
    if (!this.#disposed) {
      this.#disposed = true;
      this.#waiting.length = 0;
      this.#player.stop();
    }
    return Promise.resolve();
  }

  async #write(): Promise<void> {
    this.#writing = true;
    try {
      while (this.#waiting.length > 0) {
        await this.#player.writeAsync(bytesOf(this.#waiting.shift()!));
      }
    } catch (error) {
      if (!this.#disposed) {
        this.#disposed = true;
        this.events.lost(nativeFault(this.device, error));
      }
    }
    this.#writing = false;
  }
}

function bytesOf(frame: Int16Array): Buffer {
  return Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
}
