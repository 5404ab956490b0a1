import { FRAME_MS } from "../../../media/frame.ts";
import { Gain } from "../../../media/gain.ts";
import { MUSIC_LIMITS } from "../../../media/music/music_limits.ts";
import { PlayoutClock } from "../../../media/playout_clock.ts";
import type { DeviceFault, SoundDevice } from "../../../media/sound_status.ts";
import { DeviceError, type DeviceEvents, type Speaker } from "../../sound/device.ts";
import { NO_DEVICE } from "../../sound/devices.ts";
import { type PacerClock, SYSTEM_PACER_CLOCK } from "../../sound/pacer.ts";

/** Opens the speaker; null where the person wants none. It throws a `DeviceError`. */
export type OpenSpeaker = (events: DeviceEvents) => Promise<Speaker | null>;

/** Whom the sound comes from. */
export interface MusicSource {
  /** The next 20 ms, and whether silence follows them; null where there is nothing. */
  next(): { readonly samples: Int16Array; readonly last: boolean } | null;
  /** The speaker is open. */
  opened(): void;
  /** There is no speaker, or not any more. */
  lost(fault: DeviceFault): void;
  bug(error: unknown): void;
}

/**
 * The speaker that music is played to, and the clock for it. Sound begins and stops with a ramp over
 * one frame, so that it does not click; loudness changes likewise.
 */
export class MusicOutput implements AsyncDisposable {
  /** Loudness that the person wants, as a factor. */
  volume = 1;
  /** Whether the music makes way for a call. */
  ducked = false;
  readonly #gain = new Gain();
  readonly #opening: Promise<void>;
  #speaker: Speaker | null = null;
  #device: SoundDevice | null = null;
  /** Null while nothing is played. */
  #clock: PlayoutClock | null = null;
  #duck = 1;
  #sleep: () => void = () => {};
  #disposed = false;

  constructor(
    open: OpenSpeaker,
    readonly source: MusicSource,
    readonly clock: PacerClock = SYSTEM_PACER_CLOCK,
  ) {
    this.#gain.factor = 0;
    this.#opening = this.#open(open).catch((error) => source.bug(error));
  }

  /** What is played to; null before it is open. */
  get device(): SoundDevice | null {
    return this.#device;
  }

  /** Plays what the source has, from now on. Nothing happens before the speaker is open. */
  start(): void {
    if (this.#clock !== null || this.#device === null || this.#disposed) return;
    this.#clock = new PlayoutClock(this.clock.now());
    this.#beat();
  }

  /** Plays nothing any more, from now on. */
  halt(): void {
    if (this.#clock === null) return;
    this.#stopClock();
    const rest = this.source.next();
    if (rest !== null) this.#play(rest.samples, true);
  }

  /** Plays nothing any more, and what comes next is something else. */
  cut(): void {
    this.#stopClock();
  }

  /** Stops at once, and resolves when the speaker is given back. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#stopClock();
    await this.#opening;
    await this.#speaker?.[Symbol.asyncDispose]();
  }

  #stopClock(): void {
    this.#clock = null;
    this.#sleep();
  }

  async #open(open: OpenSpeaker): Promise<void> {
    try {
      this.#speaker = await open({ lost: (fault) => this.#lost(fault) });
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error;
      return this.#lost(error.fault);
    }
    this.#device = this.#speaker?.device ?? NO_DEVICE;
    if (!this.#disposed) this.source.opened();
  }

  #lost(fault: DeviceFault): void {
    this.#stopClock();
    if (!this.#disposed) this.source.lost(fault);
  }

  #beat(): void {
    const clock = this.#clock;
    if (clock === null) return;
    const now = this.clock.now();
    if (now >= clock.due) {
      const frame = this.source.next();
      if (frame === null) return this.#stopClock();
      this.#play(frame.samples, frame.last);
      clock.played(now, FRAME_MS, this.#speaker?.backlog ?? null);
    }
    const delay = Math.max(0, clock.due - this.clock.now());
    if (this.#clock === clock) this.#sleep = this.clock.wake(() => this.#beat(), delay);
  }

  #play(samples: Int16Array, last: boolean): void {
    const step = (1 - MUSIC_LIMITS.duck) * FRAME_MS / MUSIC_LIMITS.duckRamp;
    this.#duck = this.ducked
      ? Math.max(MUSIC_LIMITS.duck, this.#duck - step)
      : Math.min(1, this.#duck + step);
    this.#gain.factor = last ? 0 : this.volume * this.#duck;
    this.#speaker?.play(this.#gain.process(samples));
  }
}
