/**
 * What a node tells its person, as plain data: the terminal and the log choose the words.
 *
 * @module
 */
import type { Feature, PeerId } from "../protocol/overlay.ts";
import type { CounterValues } from "./counters.ts";

/** Why a neighbour is no longer there. */
export type DownReason =
  | "end_of_file"
  | "reset"
  | "stalled"
  | "silent"
  | "bye_received"
  | "disconnected"
  | "quit";

/** Why a connection to a peer did not come to be, or was refused to one. */
export type DialFault =
  | "unreachable"
  | "handshake_timeout"
  | "closed"
  | "refused"
  | "own_id"
  | "other_peer"
  | "unknown_peer"
  | "too_many";

/** Why a message was not delivered. */
export type SendFault =
  | "no_route"
  | "ack_timeout"
  | "ttl_expired"
  | "busy"
  | "too_long"
  | "no_neighbours"
  | "own_id"
  | "bad_target"
  | "relay_failed"
  | "quitting";

/** How a sent message ended. */
export type Outcome =
  /** Acknowledged; `via` is the relay that it went through, null where it went directly. */
  | {
    readonly kind: "delivered";
    readonly via: PeerId | null;
    readonly hops: number;
    /** Milliseconds from the command to the acknowledgement. */
    readonly ms: number;
  }
  /** Handed to a neighbour that does not acknowledge. */
  | { readonly kind: "unacknowledged"; readonly via: PeerId | null }
  /** A publication went to `neighbours`; `refused` others had full queues. */
  | { readonly kind: "published"; readonly neighbours: number; readonly refused: number }
  /** `detail` is what a relay said, for the log. */
  | { readonly kind: "not_delivered"; readonly fault: SendFault; readonly detail: string };

/** A route as `/routes` shows it. Times in milliseconds. */
export interface RouteRow {
  readonly dst: PeerId;
  /** The neighbour that messages are handed to. */
  readonly next: PeerId;
  /** The peer that answered for `dst`. */
  readonly via: PeerId;
  readonly hops: number;
  readonly age: number;
  readonly rtt: number | null;
  readonly delivered: number;
  readonly failed: number;
}

/** A peer as `/peers` shows it. Times in milliseconds. */
export interface PeerRow {
  readonly peer: PeerId;
  /** Null where it is a neighbour that is not registered. */
  readonly address: { readonly ip: string; readonly port: number } | null;
  readonly connection: {
    readonly outbound: boolean;
    readonly for: number;
    readonly rtt: number | null;
    readonly queued: number;
  } | null;
}

/** One thing that a person or a log can be told. */
export type OverlayReport =
  | {
    readonly kind: "neighbour_up";
    readonly peer: PeerId;
    readonly outbound: boolean;
    readonly features: readonly Feature[];
  }
  | { readonly kind: "neighbour_down"; readonly peer: PeerId; readonly reason: DownReason }
  /** `tag` is null where nobody asked for the connection. `peer` is empty where it is unknown. */
  | {
    readonly kind: "connect_failed";
    readonly tag: number | null;
    readonly peer: PeerId;
    readonly fault: DialFault;
    readonly detail: string;
  }
  | { readonly kind: "connected"; readonly tag: number; readonly peer: PeerId }
  | { readonly kind: "disconnected"; readonly tag: number; readonly peer: PeerId }
  /** A message for this peer. `via` is the neighbour that handed it over, null where `from` did. */
  | {
    readonly kind: "message";
    readonly id: string;
    readonly from: PeerId;
    readonly to: string;
    readonly text: string;
    readonly via: PeerId | null;
  }
  /** How the message of a `send` command ended: exactly one for each. */
  | {
    readonly kind: "fate";
    readonly tag: number;
    readonly id: string;
    readonly to: string;
    readonly outcome: Outcome;
  }
  | {
    readonly kind: "route_found";
    readonly dst: PeerId;
    readonly next: PeerId;
    readonly via: PeerId;
    readonly hops: number;
  }
  | { readonly kind: "route_lost"; readonly dst: PeerId; readonly next: PeerId }
  /** `neighbours` are reached directly; `routes` lead to the others. */
  | {
    readonly kind: "routes";
    readonly tag: number;
    readonly neighbours: readonly PeerRow[];
    readonly routes: readonly RouteRow[];
  }
  /** `fault` is why the rendezvous could not be asked; neighbours are listed all the same. */
  | {
    readonly kind: "peers";
    readonly tag: number;
    readonly peers: readonly PeerRow[];
    readonly fault: string | null;
  }
  | { readonly kind: "pong"; readonly tag: number; readonly peer: PeerId; readonly ms: number }
  | {
    readonly kind: "metrics";
    readonly tag: number;
    readonly peer: PeerId;
    /** As the peer sees its link to us; null values where it did not say. */
    readonly rtt: number | null;
    readonly sent: number;
    readonly received: number;
    readonly lastSeen: string;
  }
  | {
    readonly kind: "own_metrics";
    readonly tag: number;
    readonly counters: CounterValues;
    readonly neighbours: number;
    readonly routes: number;
  }
  /** A question that has no answer. */
  | {
    readonly kind: "unanswered";
    readonly tag: number;
    readonly peer: PeerId;
    readonly fault: "not_connected" | "unsupported" | "no_answer" | "no_route" | "busy";
  }
  | { readonly kind: "watching"; readonly tag: number; readonly on: boolean }
  /** Every line that passes, while it is watched. */
  | {
    readonly kind: "watched";
    readonly direction: "in" | "out";
    /** Empty before the handshake. */
    readonly peer: PeerId;
    readonly line: string;
  }
  /** A neighbour sent an error. */
  | {
    readonly kind: "remote_error";
    readonly peer: PeerId;
    readonly code: string;
    readonly ref: string;
    readonly detail: string;
  }
  | { readonly kind: "registered"; readonly seconds: number }
  /** The rendezvous answers with an error; said once, until it does not. */
  | { readonly kind: "registration_refused"; readonly reason: string }
  /** The rendezvous does not answer; said once, until it does. */
  | { readonly kind: "rendezvous_lost"; readonly reason: string }
  | { readonly kind: "rendezvous_back" }
  | { readonly kind: "finished"; readonly tag: number };
