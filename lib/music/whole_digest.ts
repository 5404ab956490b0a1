import { type Hasher, sameBytes } from "./hasher.ts";
import type { ReceptionOptions } from "./reception_contract.ts";

/** The digest of a whole file, as long as its pieces come in order from the beginning. */
export class WholeDigest {
  readonly #hasher: Hasher;
  readonly #id: Uint8Array;
  #next: number;

  constructor({ id, begun, hash }: Pick<ReceptionOptions, "id" | "begun" | "hash">) {
    this.#hasher = begun?.hasher ?? hash();
    this.#next = begun?.pieces ?? 0;
    this.#id = Uint8Array.fromHex(id);
  }

  /** Takes a piece; one that is not the next is not taken. */
  take(piece: number, bytes: Uint8Array): void {
    if (piece !== this.#next) return;
    this.#hasher.update(bytes);
    this.#next += 1;
  }

  /**
   * The end of a file of `pieces` pieces.
   *
   * @returns `unknown` where not all of them came in order
   */
  end(pieces: number): "right" | "wrong" | "unknown" {
    if (this.#next !== pieces) return "unknown";
    return sameBytes(this.#hasher.digest(), this.#id) ? "right" : "wrong";
  }
}
