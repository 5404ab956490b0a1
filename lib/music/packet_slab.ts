import { MOST_PACKET_BYTES } from "../protocol/music/transfer_packets.ts";
import { TRANSFER_LIMITS } from "./transfer_limits.ts";

const SLAB = 4 * TRANSFER_LIMITS.burst * MOST_PACKET_BYTES;

/**
 * Memory for packets that are sent, never used twice: whoever sends may take its time. One block for
 * many packets costs a third of a block for each.
 */
export class PacketSlab {
  #bytes = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #used = 0;

  /** The block that the next packet goes into, and its view. */
  get view(): DataView<ArrayBuffer> {
    return this.#view;
  }

  /** Makes room for `size` bytes; says where they begin in {@link view}. */
  place(size: number): number {
    if (this.#used + size > this.#bytes.length) {
      this.#bytes = new Uint8Array(SLAB);
      this.#view = new DataView(this.#bytes.buffer);
      this.#used = 0;
    }
    const at = this.#used;
    this.#used += size;
    return at;
  }

  /** The `size` bytes from `at`. */
  bytes(at: number, size: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(at, at + size);
  }
}
