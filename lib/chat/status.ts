/**
 * What the chat machine tells the person. Plain data: the terminal turns it into sentences.
 */

/** The other side of a conversation, as the person knows them. */
export interface Partner {
  /**
   * The name to type. It differs from `name` where the server did not confirm the name (a `?` in
   * front) and where two conversations claim the same one (`~2` behind).
   */
  readonly label: string;
  readonly name: string;
  /** Whether the server knows this name at the address that the conversation runs with. */
  readonly verified: boolean;
}

/** Why the server does not confirm a caller's name. */
export type Doubt =
  /** The user of that name is at another address. */
  | "other_address"
  /** The server knows no active user of that name. */
  | "not_active"
  /** The server did not answer, or not in time. */
  | "no_answer";

/** How a conversation ended. */
export type Ending =
  /** The person said goodbye. */
  | "bye"
  /** The other side said goodbye. */
  | "their_bye"
  /** The connection broke without a goodbye. */
  | "lost"
  /** The other side does not read what it is sent. */
  | "not_reading"
  /** The other side sent a line over the limit. */
  | "line_too_long";

/** Why something that the person asked for was not done. */
export type Refusal =
  | { readonly why: "none_active"; readonly open: readonly string[] }
  | { readonly why: "no_conversation"; readonly name: string; readonly open: readonly string[] }
  | { readonly why: "not_active"; readonly name: string }
  | { readonly why: "unreachable"; readonly name: string; readonly reason: string }
  | { readonly why: "self"; readonly name: string }
  | { readonly why: "no_server"; readonly name: string | null }
  | { readonly why: "too_many"; readonly limit: number };

/** Why a server counts as away that does not answer, besides what the system says. */
export const NO_ANSWER = "no answer";

/** One thing to tell the person. */
export type ChatStatus =
  /** The server took the name; `again` after it had been away. `names` are the other users. */
  | {
    readonly kind: "registered";
    readonly name: string;
    readonly again: boolean;
    readonly names: readonly string[];
  }
  /** The server closed on the name: taken or malformed. `held` where it had been ours before. */
  | { readonly kind: "name_refused"; readonly name: string; readonly held: boolean }
  /** The server is away; said once until it is back. `first` where it was never there. */
  | { readonly kind: "server_away"; readonly first: boolean; readonly reason: string }
  | { readonly kind: "users"; readonly names: readonly string[] }
  /** A call takes a while. */
  | { readonly kind: "calling"; readonly name: string }
  | {
    readonly kind: "opened";
    readonly partner: Partner;
    /** Whether it was us who called. */
    readonly outbound: boolean;
    /** Whether it is the one that is written to now. */
    readonly active: boolean;
    /** Why the partner is not verified; null where they are. */
    readonly doubt: Doubt | null;
  }
  /** `unheard` where the last that was sent may not have arrived: the protocol confirms nothing. */
  | {
    readonly kind: "closed";
    readonly partner: Partner;
    readonly ending: Ending;
    readonly unheard?: boolean;
  }
  | { readonly kind: "message"; readonly partner: Partner; readonly text: string }
  /** What the person wrote is on its way; `parts` where it was too long for one line. */
  | {
    readonly kind: "sent";
    readonly partner: Partner;
    readonly text: string;
    readonly parts: number;
  }
  /** What the person wrote was not sent, with the conversation that it was for. */
  | { readonly kind: "not_sent"; readonly name: string; readonly text: string }
  | { readonly kind: "switched"; readonly partner: Partner }
  | {
    readonly kind: "conversations";
    readonly partners: readonly Partner[];
    readonly active: Partner | null;
  }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** A remote's mistake, for the log and the counters. */
  | { readonly kind: "remote_error"; readonly code: string; readonly from: string }
  /** Everything is said and closed: the program may end. */
  | { readonly kind: "left" };

/** What the person wants, after the command line was understood. */
export type ChatCommand =
  | { readonly kind: "list" }
  | { readonly kind: "chat"; readonly name: string }
  | { readonly kind: "to"; readonly name: string; readonly text: string }
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: "switch"; readonly name: string }
  | { readonly kind: "peers" }
  | { readonly kind: "bye"; readonly name: string | null }
  | { readonly kind: "rename"; readonly name: string }
  /** Ends every conversation. The server still knows us, for those who ask it who we were. */
  | { readonly kind: "farewell" }
  | { readonly kind: "exit" };
