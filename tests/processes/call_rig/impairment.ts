import type { Random } from "../../../lib/base/random.ts";
import { datagramKind } from "../../../lib/wire/datagram_kind.ts";

/** What a way does to the datagrams of a call. */
export interface Impairment {
  /** Part of the datagrams that are lost. */
  readonly loss: number;
  /** Milliseconds that each takes at least. */
  readonly delay: number;
  /** Milliseconds that are added to it at random, evenly: the order may change. */
  readonly jitter: number;
  /** Part of the datagrams that arrive twice. */
  readonly duplication: number;
  /** Whether signalling passes untouched, so that only sound is impaired. */
  readonly mediaOnly: boolean;
}

/** A way that does nothing. */
export const CLEAR: Impairment = {
  loss: 0,
  delay: 0,
  jitter: 0,
  duplication: 0,
  mediaOnly: true,
};

/** What became of the datagrams of one way. */
export interface WayCounts {
  /** Those that came, signalling and sound. */
  readonly taken: number;
  readonly lost: number;
  readonly doubled: number;
}

/** One way of a call through a network that loses, delays, reorders and doubles. */
export class ImpairedWay {
  readonly #count = { taken: 0, lost: 0, doubled: 0 };

  constructor(readonly impairment: Impairment, readonly random: Random) {}

  get counts(): WayCounts {
    return { ...this.#count };
  }

  /** After how many milliseconds a datagram arrives: none where it is lost, two where it doubles. */
  arrivals(datagram: Uint8Array): number[] {
    const { loss, delay, jitter, duplication, mediaOnly } = this.impairment;
    this.#count.taken += 1;
    if (mediaOnly && datagramKind(datagram) === "signalling") return [0];
    // As many numbers for each datagram, so that its fate does not hang on those before it.
    const [fate, twice] = [this.random(), this.random()];
    const [first, second] = [this.random(), this.random()];
    if (fate < loss) {
      this.#count.lost += 1;
      return [];
    }
    const arrivals = [delay + jitter * first];
    if (twice < duplication) {
      this.#count.doubled += 1;
      arrivals.push(delay + jitter * second);
    }
    return arrivals;
  }
}
