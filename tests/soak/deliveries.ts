import { MINUTE } from "../../lib/base/units.ts";

/**
 * How long the id of a message that was shown is kept, in milliseconds: the other process tells of
 * its acknowledgement within seconds.
 */
const KEPT = 15 * MINUTE;

/**
 * Messages of the overlay, by both of their ends: what was acknowledged to who sent it was shown to
 * whom it was for. (That nothing is shown twice each person sees alone: a program that was started
 * anew cannot know what the one before has shown, and a retransmission may come to both.)
 */
export class Deliveries {
  readonly #shown = new Map<string, number>();
  /** Acknowledged, and not known to be shown: two processes tell of it, in any order. */
  readonly #open = new Set<string>();
  acknowledged = 0;

  /** @param now milliseconds */
  shown(id: string, now: number): void {
    this.#forget(now);
    this.#shown.set(id, now);
    this.#open.delete(id);
  }

  delivered(id: string): void {
    this.acknowledged += 1;
    if (!this.#shown.has(id)) this.#open.add(id);
  }

  /** Messages that were acknowledged and never shown, when nobody has more to tell. */
  get lost(): number {
    return this.#open.size;
  }

  #forget(now: number): void {
    for (const [id, at] of this.#shown) {
      if (now - at < KEPT) return;
      this.#shown.delete(id);
    }
  }
}
