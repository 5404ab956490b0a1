/**
 * What goes into the machine of calls and what comes out, as plain data.
 *
 * @module
 */
import type { IpPort } from "../base/address.ts";
import type { DatagramEffect, DatagramInput } from "../base/datagram.ts";
import type { LinkEffect, LinkInput } from "../base/link.ts";
import type { Wake } from "../base/machine.ts";
import type { Random } from "../base/random.ts";
import type { Codec } from "../protocol/call.ts";
import type { CallStatus } from "./status.ts";

/** Who the peer is and where the registry is. */
export interface CallPeerOptions {
  readonly server: { readonly host: string; readonly port: number };
  readonly name: string;
  /** The own address to register; undefined takes the one of the connection to the server. */
  readonly ip?: string;
  /** The UDP port of this peer: signalling and sound. */
  readonly port: number;
  /** What this peer can code and decode, the preferred one first. */
  readonly codecs: readonly Codec[];
  /** Chance for back-off. */
  readonly random: Random;
  /** Ids that nobody can guess: who knows a call's id has seen its `convite`. */
  readonly newCallId: () => string;
}

/** What the person wants, after the command line was understood. */
export type CallCommand =
  /** Where somebody is; answered by `who` or a refusal. */
  | { readonly kind: "who"; readonly name: string }
  | { readonly kind: "call"; readonly name: string }
  | { readonly kind: "accept" }
  | { readonly kind: "reject" }
  /** Ends the call, the calling or the being called, whatever there is. */
  | { readonly kind: "hangup" }
  | { readonly kind: "rename"; readonly name: string }
  /** Hang up and leave the registry; answered by `left`. */
  | { readonly kind: "quit" };

/** What the machine takes. */
export type CallInput =
  | LinkInput
  | DatagramInput
  | Wake
  /** Begin: connect and register. */
  | { readonly kind: "start" }
  | { readonly kind: "command"; readonly command: CallCommand };

/** What the machine wants done with sound. */
export type MediaEffect =
  /**
   * Record, play, and send RTP to `to`, 50 packets a second also where there is nothing to say:
   * five seconds without a packet end a call for the other side.
   */
  | { readonly kind: "media_start"; readonly to: IpPort; readonly codec: Codec }
  /** A packet from the other side of the call (RTP or RTCP); the bytes are valid at once only. */
  | { readonly kind: "media_packet"; readonly bytes: Uint8Array }
  /** Stop recording, playing and sending, at once. */
  | { readonly kind: "media_stop" };

/** What the machine does. */
export type CallEffect = LinkEffect | DatagramEffect | MediaEffect | CallStatus;
