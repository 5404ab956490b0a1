/**
 * What goes into the machine that gives files and what comes out, as plain data.
 *
 * @module
 */
import type { IpPort } from "../base/address.ts";
import type { DatagramEffect, DatagramInput } from "../base/datagram.ts";
import type { Wake } from "../base/machine.ts";
import type { EndReason, StopReason } from "../protocol/music/transfer_packets.ts";
import type { CongestionPhase } from "./congestion_control.ts";
import type { OutgoingState } from "./states.ts";

/** A file that others may have. */
export interface SharedFile {
  /** SHA-256 of its content, in hex. */
  readonly id: string;
  readonly name: string;
  readonly size: number;
  /** The SHA-256 of each of its pieces, one after the other. */
  readonly digests: Uint8Array;
}

/** What a source needs. */
export interface SourceOptions {
  /** The file of an id, or null where it is not shared (any more). */
  readonly file: (id: string) => SharedFile | null;
  /** A number below 2³² that nobody can guess. */
  readonly newToken: () => number;
  /** Bytes a second to all listeners together; null is no limit. */
  readonly limit: number | null;
}

/** What the source takes. */
export type SourceInput =
  | DatagramInput
  | Wake
  /** What `read` asked for; the bytes are the machine's from now on. */
  | {
    readonly kind: "block";
    readonly stream: number;
    readonly piece: number;
    readonly bytes: Uint8Array;
  }
  /** What `read` asked for is not to be had, or not as long as it was. */
  | { readonly kind: "read_failed"; readonly stream: number }
  /** Bytes a second to all listeners together from now on; a call lowers it. */
  | { readonly kind: "limit"; readonly limit: number | null }
  /** Ends every stream, or those of one file. */
  | { readonly kind: "leave"; readonly id?: string };

/** Why a stream is over: the listener's word, ours, or silence. */
export type ServedWhy = StopReason | EndReason | "listener_gone" | "bad_packet";

/** What the source does. */
export type SourceEffect =
  | DatagramEffect
  /** Read a piece; answered by `block` or `read_failed`. */
  | {
    readonly kind: "read";
    readonly stream: number;
    readonly id: string;
    readonly piece: number;
    readonly offset: number;
    readonly length: number;
  }
  /** Somebody who receives where they said they do gets a file. */
  | {
    readonly kind: "serving";
    readonly stream: number;
    readonly id: string;
    readonly address: IpPort;
  }
  /** They get it no more; `bytes` is what was acknowledged. */
  | {
    readonly kind: "served";
    readonly stream: number;
    readonly id: string;
    readonly address: IpPort;
    readonly why: ServedWhy;
    readonly bytes: number;
  };

/** One listener's stream, for a person and for tests. Bytes, milliseconds, shares from 0 to 1. */
export interface OutgoingStatus {
  readonly stream: number;
  readonly id: string;
  readonly address: IpPort;
  readonly state: OutgoingState;
  readonly phase: CongestionPhase;
  readonly sentBytes: number;
  readonly deliveredBytes: number;
  /** Share of the packets that were sent again. */
  readonly again: number;
  /** Share of the bytes that were lost. */
  readonly loss: number;
  readonly roundTrip: number;
  /** Bytes a second that the path takes. */
  readonly rate: number;
  /** Bytes that may be under way. */
  readonly window: number;
}
