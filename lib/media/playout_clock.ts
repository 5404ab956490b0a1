import { FRAME_MS } from "./frame.ts";
import { MEDIA_LIMITS } from "./limits.ts";

/**
 * When the next frame goes to the loudspeaker: when the one before it is over.
 *
 * The device's clock is not ours. One that plays slower than we hand over has a growing backlog,
 * hence delay; one that plays faster runs dry. Where the device tells its backlog, beats come a
 * little later or earlier to keep it at what is needed: as much as beats have been late of late.
 *
 * Times in milliseconds of one clock that never goes back.
 */
export class PlayoutClock {
  #due: number;
  /** What the device has waiting when it is given a frame, on the average. */
  #backlog: number | null = null;
  /** How late beats have been: the worst, slowly forgotten. */
  #late = 0;

  constructor(now: number) {
    this.#due = now;
  }

  /** When the next frame is due. */
  get due(): number {
    return this.#due;
  }

  /**
   * A frame was handed over at `now`.
   *
   * @param duration milliseconds of sound in it
   * @param backlog milliseconds of sound that the device has not played yet, null where unknown
   */
  played(now: number, duration: number, backlog: number | null): void {
    const late = now - this.#due;
    // After a stall the device is dry: what was missed then would only make all that follows late.
    if (late >= FRAME_MS) this.#due = now;
    this.#due += duration;
    if (backlog !== null) this.#due += this.#correction(backlog - duration, late);
  }

  #correction(backlog: number, late: number): number {
    const { least, most, slack, step, smoothing, lateForgotten } = MEDIA_LIMITS.speakerBacklog;
    this.#late = Math.max(late, this.#late * lateForgotten);
    const wanted = Math.min(most, Math.max(least, this.#late + least - slack));
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
