import { SECOND } from "../../base/units.ts";
import { FRAME_SAMPLES, SAMPLE_RATE } from "../../media/frame.ts";
import type { SoundDevice } from "../../media/sound_status.ts";
import { monotonicNow } from "../clock.ts";
import { DeviceError, type Microphone, type MicrophoneEvents } from "./device.ts";
import { FrameCutter } from "./frame_cutter.ts";
import { nativeDevice, nativeFault, type NativeLibrary } from "./native_library.ts";

/** Time for the first frame: the system may ask the person whether the program may listen. */
const PATIENCE = 3 * SECOND;

/** A microphone of the system, through the library `decibri`. */
export class NativeMicrophone implements Microphone {
  readonly #recorder: InstanceType<NativeLibrary["Microphone"]>;
  readonly #first = Promise.withResolvers<void>();
  #open = false;
  #disposed = false;

  private constructor(
    readonly device: SoundDevice,
    recorder: InstanceType<NativeLibrary["Microphone"]>,
    readonly events: MicrophoneEvents,
  ) {
    this.#recorder = recorder;
    const cutter = new FrameCutter();
    recorder.on("data", (bytes) => {
      if (this.#disposed) return;
      for (const frame of cutter.cut(bytes, monotonicNow())) {
        this.#first.resolve();
        events.frame(frame);
      }
    });
    recorder.on("error", (error) => this.#failed(error));
  }

  /**
   * Opens a microphone and waits for its first frame.
   *
   * @throws {DeviceError} it cannot be opened, or gives nothing
   */
  static async open(
    library: NativeLibrary,
    device: SoundDevice,
    events: MicrophoneEvents,
  ): Promise<NativeMicrophone> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let microphone: NativeMicrophone | null = null;
    try {
      const recorder = await library.Microphone.open({
        sampleRate: SAMPLE_RATE,
        channels: 1,
        framesPerBuffer: FRAME_SAMPLES / 2,
        device: nativeDevice(device),
      });
      microphone = new NativeMicrophone(device, recorder, events);
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new DeviceError({ why: "gives_nothing", wanted: device.id })),
          PATIENCE,
        );
      });
      await Promise.race([microphone.#first.promise, late]);
      microphone.#open = true;
      return microphone;
    } catch (error) {
      await microphone?.[Symbol.asyncDispose]();
      throw error instanceof DeviceError ? error : new DeviceError(nativeFault(device, error));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Stops. */
  [Symbol.asyncDispose](): Promise<void> {
    if (!this.#disposed) {
      this.#disposed = true;
      this.#recorder.stop();
      this.#recorder.destroy();
    }
    return Promise.resolve();
  }

  #failed(error: Error): void {
    this.#first.reject(error);
    if (this.#disposed || !this.#open) return;
    this.#disposed = true;
    this.events.lost(nativeFault(this.device, error));
  }
}
