/**
 * The legal transitions of a link between two peers: the one table that the machine obeys and that
 * the diagram in the documentation is drawn from.
 *
 * @module
 */

/** Where a link is in its life. */
export type LinkState = "dialling" | "handshake" | "up" | "leaving" | "gone";

/** What moves a link on. */
export type LinkEvent =
  /** The connection that was asked for is there; HELLO goes out. */
  | "connected"
  /** It could not be made. */
  | "unreachable"
  /** HELLO and HELLO_OK were exchanged. */
  | "greeted"
  /** The other side said something else, or was not wanted. */
  | "refused"
  /** Ten seconds without a handshake, or two without BYE_OK. */
  | "timed_out"
  /** BYE was sent. */
  | "bye_sent"
  /** BYE came and was answered. */
  | "bye_received"
  /** BYE was answered. */
  | "bye_ok"
  /** Three PINGs without PONG. */
  | "silent"
  /** The connection ended, or was given up before it was there. */
  | "closed";

/** State → event → next state. What is not in it cannot happen. */
export const LINK_TRANSITIONS: {
  readonly [state in LinkState]: { readonly [event in LinkEvent]?: LinkState };
} = {
  dialling: { connected: "handshake", unreachable: "gone", closed: "gone" },
  handshake: { greeted: "up", refused: "gone", timed_out: "gone", closed: "gone" },
  up: { bye_sent: "leaving", bye_received: "gone", silent: "gone", closed: "gone" },
  leaving: { bye_ok: "gone", bye_received: "gone", timed_out: "gone", closed: "gone" },
  gone: {},
};

/**
 * The state after an event.
 *
 * @throws {TypeError} where the table has no such transition: a bug of ours
 */
export function nextLinkState(state: LinkState, event: LinkEvent): LinkState {
  const next = LINK_TRANSITIONS[state][event];
  if (next === undefined) throw new TypeError(`a link that is ${state} cannot be ${event}`);
  return next;
}
