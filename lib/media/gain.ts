import { clamped } from "./frame.ts";
import { MEDIA_LIMITS } from "./limits.ts";

/** Volume and mute. A change goes over one frame, so that it does not click. */
export class Gain {
  #wanted = 1;
  #muted = false;
  #current = 1;

  /** The factor, 0 to {@link MEDIA_LIMITS.gain}; 1 changes nothing. */
  get factor(): number {
    return this.#wanted;
  }

  set factor(factor: number) {
    this.#wanted = Math.min(MEDIA_LIMITS.gain, Math.max(0, factor));
  }

  get muted(): boolean {
    return this.#muted;
  }

  set muted(muted: boolean) {
    this.#muted = muted;
  }

  /** The frame as loud as is wanted. */
  process(frame: Int16Array): Int16Array {
    const from = this.#current;
    const to = this.#muted ? 0 : this.#wanted;
    this.#current = to;
    if (from === 1 && to === 1) return frame;
    return frame.map((sample, n) =>
      clamped(Math.round(sample * (from + (to - from) * (n + 1) / frame.length)))
    );
  }
}
