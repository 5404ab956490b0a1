/**
 * What goes into the machine that fetches a file and what comes out, as plain data.
 *
 * @module
 */
import type { IpPort } from "../base/address.ts";
import type { DatagramEffect, DatagramInput } from "../base/datagram.ts";
import type { Wake } from "../base/machine.ts";
import type { Hasher, NewHasher } from "./hasher.ts";
import type { ReceptionState } from "./states.ts";

/** The file that is wanted, by the catalogue, and who has it. */
export interface ReceptionOptions {
  /** SHA-256 of the whole, in small hexadecimal digits. */
  readonly id: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the list of the pieces' digests, in hex; null where the catalogue has none. */
  readonly pieces: string | null;
  readonly sources: readonly IpPort[];
  /** Our UDP port, which sources are asked to send to. */
  readonly port: number;
  /** Byte that is wanted first; pieces come from the one that it is in. */
  readonly offset: number;
  /** Pieces that are there already, verified; they are not fetched. */
  readonly have?: Iterable<number>;
  /**
   * A digest that has taken the pieces below `pieces` of those in `have`, to be gone on with. Without
   * it, the digest of the whole is checked where everything comes in order from the beginning.
   */
  readonly begun?: { readonly hasher: Hasher; readonly pieces: number };
  readonly hash: NewHasher;
  /** A number below 2⁴⁸ that nobody can guess. */
  readonly newStream: () => number;
}

/** What the reception takes. */
export type ReceptionInput =
  | DatagramInput
  | Wake
  | { readonly kind: "start" }
  /** Somebody else has the file too. */
  | { readonly kind: "source"; readonly address: IpPort }
  /** A piece that was given out is on the disk: room for another. */
  | { readonly kind: "stored"; readonly piece: number }
  /** Nothing may be sent to us until `resume`. */
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  /** Goes on from another byte; what is missing before it comes last. */
  | { readonly kind: "seek"; readonly offset: number }
  /** Bytes a second that may be sent to us, null for no limit; a call lowers it. */
  | { readonly kind: "limit"; readonly limit: number | null }
  | { readonly kind: "cancel" };

/** What is wrong with a source, or with the whole fetch where no source is left. */
export type FetchFault =
  /** Nobody is known to have it. */
  | "no_source"
  /** It does not answer. */
  | "no_answer"
  /** It fell silent. */
  | "source_gone"
  /** It has too many listeners. */
  | "busy"
  /** It does not have the file (any more). */
  | "not_available"
  /** It cannot read the file, or leaves. */
  | "source_failed"
  /** Its file has another size than the catalogue says. */
  | "wrong_size"
  /** Its list of pieces is not the one that the catalogue vouches for. */
  | "wrong_list"
  /** A piece is not what the list says. */
  | "wrong_bytes"
  /** Everything came, and the whole is not what was wanted. */
  | "wrong_content"
  /** Larger than any file that travels. */
  | "too_large";

/** What the reception does. */
export type ReceptionEffect =
  | DatagramEffect
  /** The next piece. `vouched`: verified against a list that the catalogue vouches for. */
  | {
    readonly kind: "piece";
    readonly piece: number;
    readonly offset: number;
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly vouched: boolean;
  }
  /** A source has begun to send. */
  | { readonly kind: "source_found"; readonly address: IpPort; readonly name: string | null }
  | { readonly kind: "source_lost"; readonly address: IpPort; readonly fault: FetchFault }
  /**
   * Every piece was given out. `checked`: the digest of the whole is the id; otherwise it is to be
   * taken from what was stored.
   */
  | { readonly kind: "complete"; readonly checked: boolean }
  /** Nobody is left to ask, or what came is not what was wanted. */
  | { readonly kind: "failed"; readonly fault: FetchFault }
  | { readonly kind: "cancelled" };

/** A fetch, for a person. Bytes, milliseconds, shares from 0 to 1. */
export interface ReceptionStatus {
  readonly id: string;
  readonly state: ReceptionState;
  readonly paused: boolean;
  readonly source: IpPort | null;
  readonly size: number;
  /** What came, copies included. */
  readonly receivedBytes: number;
  /** What was verified and given out, or was there before. */
  readonly verifiedBytes: number;
  /** Bytes a second, over the last second. */
  readonly rate: number;
  /** From asking to the first answer; null where it is not known. */
  readonly roundTrip: number | null;
  /** Share of the packets of the current stream that did not come. */
  readonly loss: number;
}
