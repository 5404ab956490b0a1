import { FRAME_MS } from "./frame.ts";
import { MEDIA_LIMITS } from "./limits.ts";

/**
 * When the next frame goes to the loudspeaker: every 20 ms, with two corrections.
 *
 * *The beat begins with the sound.* A packet that arrives just after a beat waits for almost another
 * frame; so the first one sets the beat, somewhat after its arrival, and those behind it come at the
 * same point of theirs.
 *
 * *The device's clock is not ours.* One that plays slower than we hand over has a growing backlog,
 * hence delay; one that plays faster runs dry. Where the device tells its backlog, beats come a
 * little later or earlier to keep it.
 *
 * Times in milliseconds of one clock that never goes back.
 */
export class PlayoutClock {
  #due: number;
  #aligned = false;
  #backlog: number | null = null;

  constructor(now: number) {
    this.#due = now;
  }

  /** When the next frame is due. */
  get due(): number {
    return this.#due;
  }

  /** A packet of sound arrived. The first one sets the beat. */
  arrived(now: number): void {
    if (this.#aligned) return;
    this.#aligned = true;
    const beat = now + MEDIA_LIMITS.beatAfterArrival;
    this.#due = beat + Math.ceil((this.#due - beat) / FRAME_MS) * FRAME_MS;
  }

  /**
   * A frame was handed over at `now`.
   *
   * @param backlog milliseconds of sound that the device has not played yet, null where unknown
   */
  played(now: number, backlog: number | null): void {
    this.#due += FRAME_MS + this.#correction(backlog);
    // After a stall the device is dry: what was missed then would only make all that follows late.
    if (this.#due <= now) this.#due = now + FRAME_MS;
  }

  #correction(backlog: number | null): number {
    if (backlog === null) return 0;
    const { wanted, slack, step, smoothing } = MEDIA_LIMITS.speakerBacklog;
    this.#backlog = this.#backlog === null
      ? backlog
      : this.#backlog + (backlog - this.#backlog) * smoothing;
    const excess = this.#backlog - wanted;
    if (Math.abs(excess) <= slack) return 0;
    const correction = Math.sign(excess) * step;
    this.#backlog -= correction;
    return correction;
  }
}
