import type { Random } from "../base/random.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import { RotatingMap } from "./rotating_map.ts";

const MEMORY = {
  lifetime: OVERLAY_LIMITS.seen,
  capacity: OVERLAY_LIMITS.seenMessages,
  generations: OVERLAY_LIMITS.seenGenerations,
};

/**
 * Which messages were seen within ten minutes, by (`src`, `msg_id`, `type`).
 *
 * Kept are 53-bit hashes, so that long names cost no memory. Their key is drawn at random: nobody
 * outside can make two messages collide, and by chance one in 10^10 does.
 */
export class Deduplication {
  readonly #seen = new RotatingMap<number, true>(MEMORY);
  readonly #key: number;

  constructor(random: Random) {
    this.#key = Math.floor(random() * 0x1_0000_0000) | 0;
  }

  /** Messages remembered. */
  get size(): number {
    return this.#seen.size;
  }

  /** Whether a message was seen. */
  has(src: string, id: string, type: string, now: number): boolean {
    return this.#seen.get(this.#hash(src, id, type), now) !== undefined;
  }

  /** Remembers a message; true where it is seen for the first time. */
  first(src: string, id: string, type: string, now: number): boolean {
    const hash = this.#hash(src, id, type);
    if (this.#seen.get(hash, now) !== undefined) return false;
    this.#seen.set(hash, true, now);
    return true;
  }

  #hash(src: string, id: string, type: string): number {
    let low = this.#key;
    let high = ~this.#key;
    // The lengths come first, so that no two triples spell the same sequence.
    low = mix(low, src.length);
    high = mix(high, id.length);
    for (const part of [id, src, type]) {
      for (let at = 0; at < part.length; at += 1) {
        const unit = part.charCodeAt(at);
        low = mix(low, unit);
        high = Math.imul(high ^ unit, 0x5bd1e995) ^ (high >>> 15);
      }
    }
    low ^= high >>> 13;
    return (low >>> 0) + ((Math.imul(high, 0x27d4eb2f) >>> 11) * 0x1_0000_0000);
  }
}

function mix(state: number, unit: number): number {
  const mixed = Math.imul(state ^ unit, 0x9e3779b1);
  return mixed ^ (mixed >>> 16);
}
