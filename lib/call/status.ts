/**
 * What the machine of calls tells the person. Plain data: the terminal turns it into sentences.
 *
 * @module
 */
import type { IpPort } from "../base/address.ts";
import type { Codec } from "../protocol/call.ts";

/** How a call that was connected ended. */
export type CallEnding =
  /** The person hung up. */
  | "hung_up"
  /** The other side hung up. */
  | "their_hang_up"
  /** Nothing was heard of the other side any more. */
  | "lost";

/** Why a call of ours came to nothing. */
export type CallFailure =
  /** "usuário destino ocupado": busy, or the person there said no. The wire does not tell which. */
  | "rejected"
  /** Nobody answered in time. */
  | "no_answer"
  /** The person gave up. */
  | "given_up"
  /** The other side ended it before it began. */
  | "their_end"
  /** The other side wants a codec that was not offered. */
  | "no_codec";

/** Why the registry does not confirm a caller's name. */
export type CallerDoubt =
  /** Who registered the name is at another address. */
  | "other_address"
  /** Nobody of that name is registered. */
  | "not_registered"
  /** The registry is away, or did not answer in time. */
  | "no_answer";

/** Why something that the person asked for was not done. */
export type CallRefusal =
  /** There is a call, or one is being made, with this person. */
  | { readonly why: "in_call"; readonly name: string }
  | { readonly why: "no_call" }
  | { readonly why: "no_invitation" }
  | { readonly why: "self"; readonly name: string }
  /** The registry is away, or did not answer. */
  | { readonly why: "no_server"; readonly name: string }
  | { readonly why: "unknown_user"; readonly name: string }
  | { readonly why: "quitting" };

/** One thing to tell the person. */
export type CallStatus =
  /** The registry took the name; `again` after it had been away. */
  | {
    readonly kind: "registered";
    readonly name: string;
    readonly address: IpPort;
    readonly again: boolean;
  }
  /** The registry said no; `fault` is its word. `held` where the name had been ours before. */
  | {
    readonly kind: "name_refused";
    readonly name: string;
    readonly fault: string;
    readonly held: boolean;
  }
  /** The registry can enter nobody right now, whatever the name; said once, and tried again. */
  | { readonly kind: "registry_full" }
  /** The registry is away; said once until it is back. `first` where it was never there. */
  | { readonly kind: "server_away"; readonly first: boolean; readonly reason: string }
  /** Where somebody can be called. */
  | { readonly kind: "who"; readonly name: string; readonly address: IpPort }
  /** The registry is asked where somebody is, who is then invited. */
  | { readonly kind: "calling"; readonly name: string }
  /** The invitation is on its way, again and again until it is answered. */
  | { readonly kind: "inviting"; readonly name: string; readonly address: IpPort }
  /**
   * Somebody calls. `from` is where the invitation came from. Whether the name is theirs comes
   * later, by `caller_checked`.
   */
  | { readonly kind: "invited"; readonly name: string; readonly from: IpPort }
  /** The registry knows the caller's name at the address of the call, or does not. */
  | {
    readonly kind: "caller_checked";
    readonly name: string;
    readonly doubt: CallerDoubt | null;
  }
  | {
    readonly kind: "connected";
    readonly name: string;
    readonly codec: Codec;
    readonly address: IpPort;
    /** Whether the registry knows the name at that address, or has not answered yet. */
    readonly confirmed: boolean;
    /** Whether it was our call that was accepted. */
    readonly outbound: boolean;
    /** Whether both called each other at once. */
    readonly crossing: boolean;
  }
  /** A call of ours came to nothing. */
  | { readonly kind: "call_failed"; readonly name: string; readonly why: CallFailure }
  /** The person rejected a call. */
  | { readonly kind: "rejected"; readonly name: string; readonly confirmed: boolean }
  /** Who called has given up. */
  | { readonly kind: "missed"; readonly name: string; readonly confirmed: boolean }
  /** A call ended; `duration` in milliseconds. */
  | {
    readonly kind: "ended";
    readonly name: string;
    readonly confirmed: boolean;
    readonly why: CallEnding;
    readonly duration: number;
  }
  | { readonly kind: "refused"; readonly refusal: CallRefusal }
  /** The registry's mistake, for the log and the counters. */
  | { readonly kind: "remote_error"; readonly code: string }
  /** Everything is said and closed: the program may end. */
  | { readonly kind: "left" };
