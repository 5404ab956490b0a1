import type { PeerId } from "./peer_id.ts";

/** What a neighbour can be asked to do. */
export type Feature = "relay" | "ack" | "who_has" | "metrics";

/** Every feature, in the order in which they are sent. */
export const FEATURES: readonly Feature[] = ["relay", "ack", "who_has", "metrics"];

/** The `version` of HELLO. */
export const VERSION = "1.0";
/** Hops that a message starts with. */
export const ORIGIN_TTL = 8;
/** A larger `ttl` counts as this one: nobody needs it, and arithmetic on it stays exact. */
export const MOST_TTL = 255;
/** Most characters of a `msg_id`. */
export const MSG_ID_CHARACTERS = 128;

interface Hops {
  readonly ttl: number;
}
interface Identified extends Hops {
  readonly msg_id: string;
}
interface Addressed extends Identified {
  readonly src: PeerId;
  readonly dst: string;
}

/** The first line of whoever connects, and the reply to it. */
export interface Hello extends Hops {
  readonly type: "HELLO" | "HELLO_OK";
  readonly peer_id: PeerId;
  readonly version: string;
  readonly features: readonly Feature[];
}

/** Keepalive. `timestamp` is ISO 8601 in what is sent and the empty string where it was no text. */
export interface Ping extends Identified {
  readonly type: "PING" | "PONG";
  readonly timestamp: string;
}

/** A message to one peer (SEND) or to `#namespace` or `*` (PUB). */
export interface Chat extends Addressed {
  readonly type: "SEND" | "PUB";
  /** Text in what is sent; whatever came in what is received ({@link payloadText}). */
  readonly payload: unknown;
  readonly require_ack: boolean;
}

/** SEND arrived. `dst` is whose SEND it was, where it was said. */
export interface Ack extends Identified {
  readonly type: "ACK";
  readonly from: PeerId;
  readonly dst: PeerId | undefined;
}

/** Who has a route to `dst`? */
export interface WhoHas extends Addressed {
  readonly type: "WHO_HAS";
}

/** `src` has, through `via`. */
export interface WhoHasHit extends Addressed {
  readonly type: "WHO_HAS_HIT";
  readonly via: PeerId;
}

/**
 * What a relay (`src`) says of a SEND to `dst` whose `msg_id` it repeats. Only `msg_id` is relied
 * on when reading: `src` and `dst` are empty where they were no peers.
 */
export interface RelayNote extends Addressed {
  readonly type: "RELAY_OK" | "RELAY_FAIL" | "TTL_EXPIRED";
  readonly reason: string;
}

/** A question for metrics. */
export interface MetricsRequest extends Addressed {
  readonly type: "METRICS_REQ";
}

/** The answer: round trip in milliseconds, messages sent and received, when last heard of. */
export interface Metrics extends Addressed {
  readonly type: "METRICS";
  readonly rtt_ms: number | null;
  readonly sent_count: number;
  readonly recv_count: number;
  readonly last_seen: string;
}

/** A clean end, and the reply to it. */
export interface Bye extends Addressed {
  readonly type: "BYE" | "BYE_OK";
  readonly reason: string;
}

/** An error in either spelling; `ref` is the id of the message it is about, or empty. */
export interface OverlayError extends Hops {
  readonly type: "ERROR";
  readonly msg_id: string;
  readonly code: string;
  readonly ref: string;
  readonly detail: string;
  readonly limit: number | undefined;
}

/** A message of a type that this program does not know. Never sent. */
export interface UnknownCommand extends Hops {
  readonly type: "UNKNOWN";
  readonly command: string;
  /** Empty where there was none. */
  readonly msg_id: string;
}

/** What two peers send each other. */
export type OverlayMessage =
  | Hello
  | Ping
  | Chat
  | Ack
  | WhoHas
  | WhoHasHit
  | RelayNote
  | MetricsRequest
  | Metrics
  | Bye
  | OverlayError;

/** A line that came: what it says, and its text for passing it on. */
export interface OverlayLine {
  readonly message: OverlayMessage | UnknownCommand;
  readonly text: string;
}

/** A payload for people: text as it is, anything else as JSON. */
export function payloadText(payload: unknown): string {
  return typeof payload === "string" ? payload : JSON.stringify(payload);
}
