/**
 * What goes into an overlay node and what comes out, as plain data.
 *
 * @module
 */
import type { LinkEffect, LinkInput } from "../base/link.ts";
import type { Wake } from "../base/machine.ts";
import type { Random } from "../base/random.ts";
import type { PeerId } from "../protocol/overlay.ts";
import type { OverlayReport } from "./reports.ts";
import type { Rate } from "../base/token_bucket.ts";

/** Who a node is and how it behaves. What is left out is as {@link OVERLAY_LIMITS} says. */
export interface OverlayConfig {
  readonly name: string;
  readonly namespace: string;
  /** Chance: back-off, choice of neighbours, and ids where `newId` is left out. */
  readonly random: Random;
  /** The time of day in milliseconds since 1970: for timestamps only. */
  readonly wallClock: () => number;
  /** Ids that are unique in the network. */
  readonly newId?: () => string;
  /** The port that others connect to; null for a peer that does not REGISTER. */
  readonly port: number | null;
  /** Lease asked of the rendezvous, in seconds. */
  readonly leaseSeconds?: number;
  /** Neighbours to connect to, and to accept. */
  readonly outbound?: number;
  readonly inbound?: number;
  /** What neighbours may send, and are sent; null for no bound. */
  readonly quota?: Rate | null;
  readonly pace?: Rate | null;
}

/** A peer as the rendezvous lists it; names are normalised. */
export interface ListedPeer {
  readonly name: string;
  readonly namespace: string;
  readonly ip: string;
  readonly port: number;
}

/** What is asked of the rendezvous, one connection each; the answer comes as `rendezvous_answer`. */
export type RendezvousRequest =
  | {
    readonly kind: "register";
    readonly namespace: string;
    readonly name: string;
    readonly port: number;
    /** Seconds. */
    readonly ttl: number;
  }
  | {
    readonly kind: "discover";
    /** Undefined asks for every namespace. */
    readonly namespace: string | undefined;
    /** Who asked: the search for neighbours, or the person, with the tag of the command. */
    readonly purpose: "neighbours" | { readonly tag: number };
  }
  | {
    readonly kind: "unregister";
    readonly namespace: string;
    readonly name: string;
    readonly port: number;
  };

/** What came of a request to the rendezvous. */
export type RendezvousOutcome =
  | { readonly ok: true; readonly ttl?: number; readonly peers?: readonly ListedPeer[] }
  /** `refused`: it answered with an error. `unreachable`: it did not answer. */
  | { readonly ok: false; readonly fault: "refused" | "unreachable"; readonly reason: string };

/**
 * What a person asks. `tag` is any number of the asker's; the reports that answer the command carry
 * it. Every command is answered by at least one report.
 */
export type OverlayCommand =
  /** To `name@ns`, `#ns` or `*`; answered by one `fate`. */
  | { readonly kind: "send"; readonly tag: number; readonly to: string; readonly text: string }
  | { readonly kind: "connect"; readonly tag: number; readonly peer: PeerId }
  | { readonly kind: "disconnect"; readonly tag: number; readonly peer: PeerId }
  | { readonly kind: "ping"; readonly tag: number; readonly peer: PeerId }
  /** Without a peer: this node's own. */
  | { readonly kind: "metrics"; readonly tag: number; readonly peer?: PeerId }
  | { readonly kind: "routes"; readonly tag: number }
  /** Who is registered in a namespace (undefined: in any) or a neighbour. */
  | { readonly kind: "peers"; readonly tag: number; readonly namespace: string | undefined }
  | { readonly kind: "watch"; readonly tag: number; readonly on: boolean }
  /** BYE to everyone and UNREGISTER; answered by `finished`. */
  | { readonly kind: "quit"; readonly tag: number };

/** What an overlay node takes. */
export type OverlayInput =
  | LinkInput
  | Wake
  /** Begin: register, discover, connect. */
  | { readonly kind: "start" }
  /** The rendezvous may have been away: look now whether it still lists this peer. */
  | { readonly kind: "look_again" }
  /** Our own address is another one: the rendezvous has us where nobody reaches us. */
  | { readonly kind: "moved" }
  | {
    readonly kind: "rendezvous_answer";
    readonly request: RendezvousRequest;
    readonly outcome: RendezvousOutcome;
  }
  /** Peers that were found; replaces those found before. */
  | { readonly kind: "discovered"; readonly peers: readonly ListedPeer[] }
  | { readonly kind: "command"; readonly command: OverlayCommand };

/** What an overlay node does. */
export type OverlayEffect =
  | LinkEffect
  | { readonly kind: "rendezvous"; readonly request: RendezvousRequest }
  | { readonly kind: "report"; readonly report: OverlayReport };
