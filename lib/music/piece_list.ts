import { DIGEST_BYTES, DIGESTS_PER_PACKET } from "../protocol/music/transfer_geometry.ts";
import { digestOf, type NewHasher, sameBytes } from "./hasher.ts";

/**
 * The digests of a file's pieces, as a source says them: believed when they hash to what the
 * catalogue has. Where the catalogue says nothing they are the source's word, and only the digest of
 * the whole will tell.
 */
export class PieceList {
  readonly #digests: Uint8Array;
  readonly #got: Uint8Array;
  #missing: number;

  /** @param vouched the SHA-256 of the list by the catalogue, or null where it has none */
  constructor(
    readonly pieces: number,
    readonly vouched: Uint8Array | null,
    readonly hash: NewHasher,
  ) {
    this.#digests = new Uint8Array(pieces * DIGEST_BYTES);
    this.#got = new Uint8Array(Math.ceil(pieces / DIGESTS_PER_PACKET));
    this.#missing = this.#got.length;
  }

  /** Whether all of it is there. */
  get complete(): boolean {
    return this.#missing === 0;
  }

  /**
   * Takes a part of the list.
   *
   * @returns `wrong` where it is no part of this list, or completes one that is not vouched for
   */
  take(first: number, digests: Uint8Array): "taken" | "complete" | "wrong" {
    const packet = first / DIGESTS_PER_PACKET;
    const from = first * DIGEST_BYTES;
    const end = Math.min(this.#digests.length, from + DIGESTS_PER_PACKET * DIGEST_BYTES);
    if (!Number.isInteger(packet) || from >= end || digests.length !== end - from) return "wrong";
    if (this.#got[packet] !== 0) return "taken";
    this.#digests.set(digests, from);
    this.#got[packet] = 1;
    this.#missing -= 1;
    if (this.#missing > 0) return "taken";
    if (this.vouched === null) return "complete";
    return sameBytes(digestOf(this.#digests, this.hash), this.vouched) ? "complete" : "wrong";
  }

  /** Forgets what a source said. */
  reset(): void {
    this.#got.fill(0);
    this.#missing = this.#got.length;
  }

  /** Whether a piece is what the list says, which is {@link complete}. */
  matches(piece: number, bytes: Uint8Array): boolean {
    const from = piece * DIGEST_BYTES;
    const wanted = this.#digests.subarray(from, from + DIGEST_BYTES);
    return sameBytes(digestOf(bytes, this.hash), wanted);
  }
}
