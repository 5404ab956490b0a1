import { SAMPLES_PER_MS, silentFrame } from "../../media/frame.ts";
import type { SoundDevice } from "../../media/sound_status.ts";
import { monotonicNow } from "../clock.ts";
import { type ChildEnd, ChildProgram } from "./child_program.ts";
import { DeviceError, type DeviceEvents, type Speaker } from "./device.ts";
import type { PlaybackProgress } from "./playback_progress.ts";

/** A program that plays what it reads from its standard input: mono, 16 bits, 48 kHz. */
export interface PlayerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly device: SoundDevice;
  /** What it says when the device is open; null where it says nothing. */
  readonly ready: RegExp | null;
  /** How far it is, where it tells. */
  readonly progress: PlaybackProgress | null;
  /** What it says that is no reason for its end; null where there is no such thing. */
  readonly chatter: RegExp | null;
}

/**
 * Time after which a program that has neither said that it is ready nor ended is taken to work, in
 * milliseconds.
 */
const READY_WITHIN = 300;
/** Frames that wait while the program takes none; then the oldest is dropped. */
const MOST_WAITING = 3;

/** A speaker that another program plays to. */
export class PlayerProgram implements Speaker {
  readonly device: SoundDevice;
  readonly #progress: PlaybackProgress | null;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #waiting: Int16Array<ArrayBuffer>[] = [];
  #writing = false;
  #disposed = false;

  private constructor(
    readonly child: ChildProgram,
    { device, progress }: PlayerCommand,
    readonly events: DeviceEvents,
  ) {
    this.device = device;
    this.#progress = progress;
    this.#writer = child.stdin.getWriter();
    // Told by the end of the program, which is waited for.
    this.#writer.closed.catch(() => {});
  }

  /**
   * Starts the program, and waits until it has opened the device. Null where there is no such
   * program.
   *
   * @throws {DeviceError} it may not be started, or ended
   */
  static async open(command: PlayerCommand, events: DeviceEvents): Promise<PlayerProgram | null> {
    const ready = Promise.withResolvers<void>();
    const child = ChildProgram.start(command.command, command.args, {
      stdin: "piped",
      stdout: "null",
      line(line) {
        if (command.ready?.test(line)) ready.resolve();
        const told = command.progress?.line(line, monotonicNow()) ?? false;
        return told || (command.chatter?.test(line) ?? false);
      },
    });
    if (child === null) return null;
    const player = new PlayerProgram(child, command, events);
    const timer = setTimeout(() => ready.resolve(), READY_WITHIN);
    const end = await Promise.race([ready.promise, child.ended]);
    clearTimeout(timer);
    if (end === undefined) {
      child.ended.then((end) => player.#ended(end));
      return player;
    }
    await player[Symbol.asyncDispose]();
    throw new DeviceError({ why: "failed", wanted: command.device.id, detail: end.detail });
  }

  get backlog(): number | null {
    return this.#progress?.backlog(monotonicNow()) ?? null;
  }

  play(frame: Int16Array): void {
    if (this.#disposed) return;
    const now = monotonicNow();
    // A frame in hand, so that the next one may be late by as much.
    if (this.#progress?.isDry(now)) this.#hand(silentFrame(), now);
    this.#hand(frame, now);
  }

  /** Ends the program at once, with what it has not played, and waits until it has ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#waiting.length = 0;
    await this.child[Symbol.asyncDispose]();
    await this.#writer.abort().catch(() => {});
  }

  #hand(frame: Int16Array, now: number): void {
    if (this.#progress?.takes(now, duration(frame)) === false) return;
    this.#waiting.push(frame.slice());
    if (this.#waiting.length > MOST_WAITING) {
      const oldest = this.#waiting.shift()!;
      this.#progress?.dropped(duration(oldest));
    }
    if (!this.#writing) this.#write();
  }

  async #write(): Promise<void> {
    this.#writing = true;
    try {
      while (this.#waiting.length > 0) {
        await this.#writer.write(new Uint8Array(this.#waiting.shift()!.buffer));
      }
    } catch {
      // The pipe broke: the program has ended, and its end is told.
      this.#waiting.length = 0;
    }
    this.#writing = false;
  }

  #ended({ detail }: ChildEnd): void {
    if (this.#disposed) return;
    this.events.lost({ why: "failed", wanted: this.device.id, detail });
  }
}

/** Milliseconds of sound. */
function duration(frame: Int16Array): number {
  return frame.length / SAMPLES_PER_MS;
}
