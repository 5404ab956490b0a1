import { SECOND } from "../../base/units.ts";
import type { DeviceFault, SoundDevice } from "../../media/sound_status.ts";
import { monotonicNow } from "../clock.ts";
import { type ChildEnd, ChildProgram } from "./child_program.ts";
import { DeviceError, type Microphone, type MicrophoneEvents } from "./device.ts";
import { FrameCutter } from "./frame_cutter.ts";

/** A program that records: what it writes to its standard output is mono, 16 bits, 48 kHz. */
export interface RecorderCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly device: SoundDevice;
  /** What it says that is no reason for its end; null where there is no such thing. */
  readonly chatter: RegExp | null;
}

/**
 * Time for the first frame: a source that slept takes up to two seconds to give what it has, and a
 * wireless one to connect.
 */
const FIRST_FRAME_WITHIN = 3 * SECOND;
/** Bytes read at once: all that the pipe of a stalled program can hold. */
const READ_BYTES = 65_536;

/** A microphone that another program records from. */
export class RecorderProgram implements Microphone {
  readonly device: SoundDevice;
  readonly #reading: Promise<void>;
  readonly #first = Promise.withResolvers<void>();
  #disposed = false;
  #open = false;

  private constructor(
    readonly child: ChildProgram,
    { device }: RecorderCommand,
    readonly events: MicrophoneEvents,
  ) {
    this.device = device;
    this.#reading = this.#read();
  }

  /**
   * Starts the program, and waits for the first frame. Null where there is no such program.
   *
   * @throws {DeviceError} it may not be started, ended, or gives nothing
   */
  static async open(
    command: RecorderCommand,
    events: MicrophoneEvents,
  ): Promise<RecorderProgram | null> {
    const child = ChildProgram.start(command.command, command.args, {
      stdin: "null",
      stdout: "piped",
      line: (line) => command.chatter?.test(line) ?? false,
    });
    if (child === null) return null;
    const recorder = new RecorderProgram(child, command, events);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const { id: wanted } = command.device;
    const late = new Promise<DeviceFault>((resolve) => {
      timer = setTimeout(() => resolve({ why: "gives_nothing", wanted }), FIRST_FRAME_WITHIN);
    });
    const fault = await Promise.race([
      recorder.#first.promise,
      late,
      child.ended.then(({ detail }): DeviceFault => ({ why: "failed", wanted, detail })),
    ]);
    clearTimeout(timer);
    if (fault === undefined) {
      recorder.#open = true;
      child.ended.then((end) => recorder.#ended(end));
      return recorder;
    }
    await recorder[Symbol.asyncDispose]();
    throw new DeviceError(fault);
  }

  /** Ends the program and waits until it has. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await this.child[Symbol.asyncDispose]();
    await this.#reading;
  }

  #ended({ detail }: ChildEnd): void {
    if (this.#disposed || !this.#open) return;
    this.#open = false;
    this.events.lost({ why: "failed", wanted: this.device.id, detail });
  }

  async #read(): Promise<void> {
    const cutter = new FrameCutter();
    const reader = this.child.stdout.getReader({ mode: "byob" });
    let buffer = new Uint8Array(READ_BYTES);
    try {
      while (true) {
        const { value, done } = await reader.read(buffer);
        if (done || this.#disposed) break;
        for (const frame of cutter.cut(value, monotonicNow())) {
          this.#first.resolve();
          this.events.frame(frame);
        }
        buffer = new Uint8Array(value.buffer);
      }
    } catch (error) {
      // A pipe that breaks is a program that ended; whoever takes the frames must not fail.
      if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    } finally {
      await reader.cancel().catch(() => {});
    }
  }
}
