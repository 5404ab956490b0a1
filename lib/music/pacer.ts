import { MOST_PACKET_BYTES } from "../protocol/music/transfer_packets.ts";
import { TRANSFER_LIMITS } from "./transfer_limits.ts";

/** Time of sending that a timer may be late and is made up for, milliseconds. */
const CATCH_UP = 3;
/** Part of a byte that arithmetic may lose. */
const ROUNDING = 0.5;

/** Spreads packets over time: never more at once than the sockets on the way hold. */
export class Pacer {
  #budget: number = TRANSFER_LIMITS.leastBurst * MOST_PACKET_BYTES;
  #at = -Infinity;

  /** Lets the budget grow up to now at a rate in bytes a millisecond. */
  refill(rate: number, now: number): void {
    if (now <= this.#at) return;
    const passed = this.#at === -Infinity ? 0 : (now - this.#at) * rate;
    const most = clamp(CATCH_UP * rate, TRANSFER_LIMITS.leastBurst, TRANSFER_LIMITS.mostBurst);
    this.#budget = Math.min(most, this.#budget + passed);
    this.#at = now;
  }

  /** Whether a packet of `size` bytes may be sent now. */
  allows(size: number): boolean {
    return this.#budget + ROUNDING >= size;
  }

  /** A packet of `size` bytes was sent. */
  spend(size: number): void {
    this.#budget -= size;
  }

  /**
   * When it is worth while to send again: one packet on a slow path, on a fast one as many as go in
   * a millisecond.
   *
   * @param rate bytes a millisecond
   */
  readyAt(rate: number): number {
    const wanted = clamp(rate, 1, TRANSFER_LIMITS.burst);
    return this.#budget + ROUNDING >= wanted ? this.#at : this.#at + (wanted - this.#budget) / rate;
  }
}

/** Bytes, kept within numbers of packets. */
function clamp(bytes: number, least: number, most: number): number {
  return Math.min(most * MOST_PACKET_BYTES, Math.max(least * MOST_PACKET_BYTES, bytes));
}
