import type { StateTable } from "../base/state_table.ts";

/** Where a peer stands with its server. */
export type SessionState =
  | "offline"
  | "connecting"
  | "registering"
  | "active"
  | "waiting"
  | "refused";

/** What moves it. */
export type SessionEvent =
  | "start"
  | "connected"
  | "unreachable"
  | "list_reply"
  | "closed_once"
  | "closed"
  | "lost"
  | "retry"
  | "rename"
  | "leave";

/**
 * The peer's side of the directory (`protocols/chat.md`, "Peer → server"). A close before the
 * first LIST reply is the server's no to a USER, or a server that ended in that moment: asked once
 * more, one that has gone does not close but is not there. After the reply, a close is its going.
 */
export const SESSION: StateTable<SessionState, SessionEvent> = {
  offline: { start: "connecting" },
  connecting: { connected: "registering", unreachable: "waiting", leave: "offline" },
  registering: {
    list_reply: "active",
    closed_once: "connecting",
    closed: "refused",
    lost: "waiting",
    leave: "offline",
  },
  active: { closed: "waiting", lost: "waiting", leave: "offline" },
  waiting: { retry: "connecting", rename: "connecting", leave: "offline" },
  refused: { rename: "connecting", retry: "connecting", leave: "offline" },
};

/** Where a conversation stands. */
export type ConversationState =
  | "looking_up"
  | "dialing"
  | "greeting"
  | "verifying"
  | "open"
  | "leaving"
  | "ended";

/** What moves it. */
export type ConversationEvent =
  | "address"
  | "not_active"
  | "connected"
  | "unreachable"
  | "user"
  | "no_user"
  | "verdict"
  | "disc"
  | "bye"
  | "redundant"
  | "lost";

/**
 * One conversation (`protocols/chat.md`, "Peer ↔ peer"). Who calls starts at `looking_up`, who is
 * called at `greeting`. A caller who leaves while `verifying` was here all the same: who it was is
 * told, then that they left. `leaving` is the second of two connections between the same two
 * people: DISC is sent, and what the other side still has on the way is shown until it closes.
 */
export const CONVERSATION: StateTable<ConversationState, ConversationEvent> = {
  looking_up: { address: "dialing", not_active: "ended", bye: "ended", lost: "ended" },
  dialing: { connected: "open", unreachable: "ended", bye: "ended", redundant: "ended" },
  greeting: { user: "verifying", no_user: "ended", lost: "ended" },
  verifying: { verdict: "open" },
  open: { disc: "ended", bye: "ended", lost: "ended", redundant: "leaving" },
  leaving: { disc: "ended", lost: "ended", bye: "ended" },
  ended: {},
};
