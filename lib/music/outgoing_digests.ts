import { DIGEST_BYTES, DIGESTS_PER_PACKET } from "../protocol/music/transfer_geometry.ts";

const PACKET = DIGESTS_PER_PACKET * DIGEST_BYTES;

/** The list of a file's pieces on its way to a listener, cut into packets. */
export class OutgoingDigests {
  readonly #again: number[] = [];
  readonly #arrived: Uint8Array;
  #next = 0;

  /** @param list the SHA-256 of every piece, in order */
  constructor(readonly list: Uint8Array) {
    this.#arrived = new Uint8Array(Math.ceil(list.length / PACKET));
  }

  /** The listener knows it all. */
  done(): void {
    this.#next = this.#arrived.length;
    this.#again.length = 0;
    this.#arrived.fill(1);
  }

  /** A packet has arrived. */
  arrived(packet: number): void {
    this.#arrived[packet] = 1;
  }

  /** A packet was lost. */
  lost(packet: number): void {
    this.#again.push(packet);
  }

  /** The next packet to send, or null. */
  next(): number | null {
    for (let packet; (packet = this.#again.shift()) !== undefined;) {
      if (this.#arrived[packet] === 0) return packet;
    }
    return this.#next < this.#arrived.length ? this.#next++ : null;
  }

  /** The digests in a packet, and the piece that the first belongs to. */
  body(packet: number): { readonly first: number; readonly digests: Uint8Array } {
    const digests = this.list.subarray(packet * PACKET, (packet + 1) * PACKET);
    return { first: packet * DIGESTS_PER_PACKET, digests };
  }
}
