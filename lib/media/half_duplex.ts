import { FRAME_MS } from "./frame.ts";

/** Loudness from which the far side counts as speaking, in dBFS: above any quiet room. */
const SPEAKING = -45;
/** Time for which the microphone stays shut after: the echo of a room and of two sound cards. */
const HOLD = 240;

/**
 * Against echo, the simple way: while the far side is heard from the loudspeaker, the microphone is
 * shut. Only one can speak at a time.
 */
export class HalfDuplex {
  #shutFrames = 0;

  /** Whether the gate works at all. */
  enabled = false;

  /** A frame of this loudness, in dBFS, is played. */
  played(level: number): void {
    if (level > SPEAKING) this.#shutFrames = HOLD / FRAME_MS;
  }

  /** Whether the frame that is recorded now is to be kept back. */
  recorded(): boolean {
    if (this.#shutFrames > 0) this.#shutFrames -= 1;
    return this.enabled && this.#shutFrames > 0;
  }
}
