import { SECOND } from "../base/units.ts";

/** Time from one ring to the next: as a telephone rings. */
const RING_INTERVAL = 4 * SECOND;

/** Calls back again and again; what it returns ends that. */
export type Repeat = (callback: () => void, interval: number) => () => void;

/** Rings the terminal's bell for as long as somebody is calling. */
export class Ringer {
  #stop: (() => void) | null = null;

  constructor(readonly bell: () => void, readonly repeat: Repeat = repeatInBackground) {}

  /** Whether it is to ring; the first time at once. */
  set ringing(on: boolean) {
    if (on === (this.#stop !== null)) return;
    if (on) {
      this.bell();
      this.#stop = this.repeat(this.bell, RING_INTERVAL);
    } else {
      this.#stop?.();
      this.#stop = null;
    }
  }
}

/** A bell keeps no program from ending. */
function repeatInBackground(callback: () => void, interval: number): () => void {
  const timer = setInterval(callback, interval);
  Deno.unrefTimer(timer);
  return () => clearInterval(timer);
}
