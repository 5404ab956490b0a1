/**
 * What the controller of a soak and its workers say to each other: JSON, one message a line.
 *
 * @module
 */
import type { PeerServer } from "../../lib/runtime/peer.ts";
import type { Pace } from "./pace.ts";
import type { SongFile } from "./songs.ts";
import type { Counts } from "./tally.ts";

/** What a worker is started with: its first and only argument. */
export interface WorkerPlan {
  readonly server: PeerServer;
  /** Names of everybody, and which of them (from, to) live in this worker. */
  readonly names: readonly string[];
  readonly own: readonly [from: number, to: number];
  readonly songs: readonly SongFile[];
  /** Where songs are, and where the folders of people are made. */
  readonly songFolder: string;
  readonly homes: string;
  readonly pace: Pace;
  readonly seed: number;
}

/** What a worker is told to do. */
export type Order =
  /** Everybody comes, and lives until `leave`. Answered by `all_here`. */
  | { readonly kind: "come" }
  /** Everybody leaves properly. Answered by `all_gone`. */
  | { readonly kind: "leave" }
  /** Answered by `sample`. */
  | { readonly kind: "sample" };

/** What a worker holds, after garbage was collected. */
export interface WorkerState {
  /** Bytes of the used heap and of buffers outside of it. */
  readonly heap: number;
  /** Timers that wait. */
  readonly timers: number;
  /** The longest that a timer was late or an answer on its way since the start, in milliseconds. */
  readonly slowest: number;
  /** Since the start. */
  readonly counts: Counts;
}

/** What a worker says. */
export type Told =
  | { readonly kind: "ready" }
  | { readonly kind: "all_here" }
  | { readonly kind: "all_gone" }
  | { readonly kind: "sample"; readonly state: WorkerState }
  /** A message of the overlay was shown to its addressee; was acknowledged to who sent it. */
  | { readonly kind: "shown"; readonly id: string }
  | { readonly kind: "delivered"; readonly id: string }
  /** What may not happen, happened. */
  | { readonly kind: "fault"; readonly what: string };
