import type { LinkId } from "../base/link.ts";
import type { Feature, PeerId } from "../protocol/overlay.ts";
import type { Deadline } from "./deadlines.ts";
import { type LinkEvent, type LinkState, nextLinkState } from "./link_states.ts";
import type { Quota } from "./quota.ts";
import type { SendQueue } from "./send_queue.ts";

/** A PING that was not answered yet. `tag` is the person's, where it was asked for. */
export interface OpenPing {
  readonly id: string;
  readonly at: number;
  readonly tag: number | null;
}

/** What a link was dialled for. */
export interface DialTarget {
  /** The peer that is expected there. */
  readonly peer: PeerId;
  /** The tag of the person's command, or null. */
  readonly tag: number | null;
}

/** One link and the peer at its other end. */
export class Neighbour {
  #state: LinkState;
  /** Who it is; empty until the handshake. */
  peer: PeerId = "";
  /** What both sides have. */
  features: readonly Feature[] = [];
  /** When it came up. */
  since = 0;
  /** When the last line came. */
  lastSeen = 0;
  /** The last round trip in milliseconds, or null. */
  rtt: number | null = null;
  readonly pings: OpenPing[] = [];
  received = 0;
  sent = 0;
  /** Messages of it that wait for a route. */
  held = 0;
  /** The handshake's, then the keepalive's, at last the farewell's. */
  deadline: Deadline | null = null;
  /** When the pace allows the queue to go on. */
  drain: Deadline | null = null;
  /** The id of the BYE that was sent. */
  byeId = "";

  /**
   * @param ip where it connected from or is dialled at
   * @param target null where it connected to us
   */
  constructor(
    readonly link: LinkId,
    readonly ip: string,
    readonly target: DialTarget | null,
    readonly queue: SendQueue,
    readonly quota: Quota,
  ) {
    this.#state = target === null ? "handshake" : "dialling";
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Whether we opened the connection. */
  get outbound(): boolean {
    return this.target !== null;
  }

  /** @throws {TypeError} where the event cannot happen in this state: a bug of ours */
  advance(event: LinkEvent): void {
    this.#state = nextLinkState(this.#state, event);
  }

  /** Whether it can be asked to do something. */
  has(feature: Feature): boolean {
    return this.features.includes(feature);
  }
}
