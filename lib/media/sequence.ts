import { MEDIA_LIMITS } from "./limits.ts";

/** Steps from one 16-bit sequence number to another on the shorter way round, −32768 to 32767. */
export function sequenceDistance(from: number, to: number): number {
  return (to - from) << 16 >> 16;
}

/** Steps from one 32-bit timestamp to another on the shorter way round, −2³¹ to 2³¹−1. */
export function timestampDistance(from: number, to: number): number {
  return (to - from) | 0;
}

/** What is added to the first sequence number: what came before it, reordered, is above zero too. */
export const FIRST_TURN = 0x1_0000;

/** What a sequence number means for the stream. */
export type Arrival =
  /** A packet of the stream, with its number counted on over the wraps. */
  | { readonly kind: "new" | "copy"; readonly extended: number }
  /** The source began anew: what was known of it is void. */
  | { readonly kind: "restart"; readonly extended: number }
  /** Out of every range; a second one in sequence with it would be a restart. */
  | { readonly kind: "stray" };

/**
 * Follows the sequence numbers of one source (RFC 3550, A.1): counts them on over their wraps, and
 * tells copies, restarts and strays. There is no probation: who may send is known by signalling.
 */
export class SequenceTracker {
  #highest: number | null = null;
  /** What would be next after a stray. */
  #restartAt = -1;
  readonly #seen = new Float64Array(MEDIA_LIMITS.rememberedSequences).fill(-1);

  /** The highest number so far, counted on over the wraps from the first; null before it. */
  get highest(): number | null {
    return this.#highest;
  }

  /** Takes the number of a packet, 0–65535. */
  take(sequence: number): Arrival {
    if (this.#highest === null) return this.#begin("new", sequence);
    const step = sequenceDistance(this.#highest & 0xffff, sequence);
    if (step > MEDIA_LIMITS.maxDropout || step < -MEDIA_LIMITS.maxMisorder) {
      if (sequence === this.#restartAt) return this.#begin("restart", sequence);
      this.#restartAt = (sequence + 1) & 0xffff;
      return { kind: "stray" };
    }
    this.#restartAt = -1;
    const extended = this.#highest + step;
    if (step > 0) this.#highest = extended;
    const place = extended & (MEDIA_LIMITS.rememberedSequences - 1);
    const kind = this.#seen[place] === extended ? "copy" : "new";
    this.#seen[place] = extended;
    return { kind, extended };
  }

  #begin(kind: "new" | "restart", sequence: number): Arrival {
    const extended = sequence + FIRST_TURN;
    this.#highest = extended;
    this.#restartAt = -1;
    this.#seen.fill(-1);
    this.#seen[extended & (MEDIA_LIMITS.rememberedSequences - 1)] = extended;
    return { kind, extended };
  }
}
