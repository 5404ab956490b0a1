import type { StateTable } from "../base/state_table.ts";

/** Where a peer stands with the call registry. */
export type RegistryState =
  | "offline"
  | "connecting"
  | "registering"
  | "registered"
  | "refused"
  | "waiting"
  | "leaving";

/** What moves it. */
export type RegistryEvent =
  | "start"
  | "connected"
  | "unreachable"
  | "registro_ok"
  | "registro_erro"
  | "lost"
  | "retry"
  | "rename"
  | "leave"
  | "left";

/**
 * The peer's side of the registry (`protocols/call.md`, "Registry"): one connection that stays
 * open. `refused` keeps it too: the next name is registered on it.
 */
export const REGISTRY: StateTable<RegistryState, RegistryEvent> = {
  offline: { start: "connecting" },
  connecting: { connected: "registering", unreachable: "waiting", leave: "offline" },
  registering: {
    registro_ok: "registered",
    registro_erro: "refused",
    lost: "waiting",
    leave: "offline",
  },
  registered: { lost: "waiting", leave: "leaving" },
  refused: { rename: "registering", retry: "registering", lost: "waiting", leave: "offline" },
  waiting: { rename: "connecting", retry: "connecting", leave: "offline" },
  leaving: { left: "offline", lost: "offline" },
};

/** What the telephone is doing. */
export type PhoneState = "idle" | "looking_up" | "inviting" | "invited" | "connected";

/** What moves it. */
export type PhoneEvent =
  | "call"
  | "address"
  | "no_address"
  | "invitation"
  | "accept"
  | "reject"
  | "accepted"
  | "rejected"
  | "crossing"
  | "no_answer"
  | "withdrawn"
  | "hang_up"
  | "their_end"
  | "no_codec"
  | "lost";

/**
 * The telephone (`protocols/call.md`, "Call signalling"): one call at a time, and a way back to
 * `idle` from everywhere, so that there is no state after which a peer cannot be called. What still
 * has to be said of a call that is over is said beside it. `crossing` is two peers that call each
 * other at once: the one with the larger call_id takes up the other's call.
 */
export const PHONE: StateTable<PhoneState, PhoneEvent> = {
  idle: { call: "looking_up", invitation: "invited" },
  looking_up: { address: "inviting", no_address: "idle", hang_up: "idle" },
  inviting: {
    accepted: "connected",
    crossing: "connected",
    rejected: "idle",
    no_answer: "idle",
    their_end: "idle",
    no_codec: "idle",
    hang_up: "idle",
  },
  invited: { accept: "connected", reject: "idle", their_end: "idle", withdrawn: "idle" },
  connected: { hang_up: "idle", their_end: "idle", lost: "idle" },
};
