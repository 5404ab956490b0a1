import { KIB } from "../../lib/base/units.ts";
import type { Random } from "../../lib/base/random.ts";

/** How datagrams fare on their way in one direction. Times in milliseconds, shares from 0 to 1. */
export interface DatagramPlan {
  readonly delay: number;
  /** Most that is added to a datagram's delay, evenly spread: enough of it changes their order. */
  readonly jitter: number;
  /** Share of datagrams that are lost on the way. */
  readonly loss: number;
  /** Share of datagrams that arrive twice. */
  readonly duplication: number;
  /** Share of datagrams that are held up by `lateBy`, so that later ones overtake them. */
  readonly reordering: number;
  readonly lateBy: number;
  /** The bottleneck, in bytes per millisecond. */
  readonly bandwidth: number;
  /** Bytes that wait before the bottleneck; what comes on top is dropped. */
  readonly queueBytes: number;
}

/** A good path without loss. */
export const USUAL_DATAGRAMS: DatagramPlan = {
  delay: 20,
  jitter: 0,
  loss: 0,
  duplication: 0,
  reordering: 0,
  lateBy: 0,
  bandwidth: Infinity,
  queueBytes: 256 * KIB,
};

/** One direction between two hosts: says when each datagram comes out, if it does. */
export class DatagramPath {
  /** What became of the datagrams so far. */
  readonly counts = { sent: 0, lost: 0, overflowed: 0, duplicated: 0 };
  #freeAt = 0;

  constructor(readonly plan: DatagramPlan, readonly random: Random) {}

  /** Bytes that wait before the bottleneck. */
  queued(now: number): number {
    return this.#freeAt > now ? (this.#freeAt - now) * this.plan.bandwidth : 0;
  }

  /**
   * When a datagram of `size` bytes that is sent now arrives: never, once or twice.
   *
   * @param now milliseconds, never less than at the call before
   */
  transit(now: number, size: number): readonly number[] {
    const { bandwidth, queueBytes, loss, duplication } = this.plan;
    this.counts.sent += 1;
    if (this.queued(now) + size > queueBytes) {
      this.counts.overflowed += 1;
      return [];
    }
    this.#freeAt = Math.max(now, this.#freeAt) + size / bandwidth;
    // It is lost behind the bottleneck: it has taken its share of the bandwidth.
    if (this.#chance(loss)) {
      this.counts.lost += 1;
      return [];
    }
    if (!this.#chance(duplication)) return [this.#arrival()];
    this.counts.duplicated += 1;
    return [this.#arrival(), this.#arrival()];
  }

  #arrival(): number {
    const { delay, jitter, reordering, lateBy } = this.plan;
    const late = this.#chance(reordering) ? lateBy : 0;
    return this.#freeAt + delay + late + (jitter > 0 ? jitter * this.random() : 0);
  }

  #chance(share: number): boolean {
    return share > 0 && this.random() < share;
  }
}
