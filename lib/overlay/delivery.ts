import { LIMITS } from "../base/limits.ts";
import {
  type Ack,
  type Chat,
  formatMessage,
  ORIGIN_TTL,
  payloadText,
  type PeerId,
} from "../protocol/overlay.ts";
import { utf8Length } from "../wire/text.ts";
import type { Core } from "./core.ts";
import type { Deadline } from "./deadlines.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import type { Neighbour } from "./neighbour.ts";
import type { Outcome, SendFault } from "./reports.ts";
import type { RouteDiscovery } from "./route_discovery.ts";
import type { Hop, Router } from "./router.ts";

/** An own message that was not acknowledged yet. Times in milliseconds. */
interface Pending {
  readonly tag: number;
  readonly id: string;
  readonly dst: PeerId;
  readonly line: string;
  readonly startedAt: number;
  /** Neighbours that it was handed to, the last one last. */
  readonly hops: PeerId[];
  sentAt: number;
  linksToDst: number;
  retransmissions: number;
  reroutes: number;
  /** The last hop said that it passed it on. */
  passedOn: boolean;
  /** A search for a route runs for it. */
  seeking: boolean;
  /** Set from the first time that there was a way to send it. */
  timer: Deadline | null;
  /** What is known of the last attempt. */
  fault: SendFault;
  detail: string;
}

/**
 * SEND and ACK at both ends: an own message is sent again after 5 and 10 seconds and, when its way
 * is known to have failed, at once by another one. Each ends with exactly one fate.
 */
export class Delivery {
  readonly #pending = new Map<string, Pending>();

  constructor(
    readonly core: Core,
    readonly router: Router,
    readonly discovery: RouteDiscovery,
  ) {}

  /** Sends text to a peer. */
  send(tag: number, dst: PeerId, text: string, now: number): void {
    const id = this.core.newId();
    const line = this.#format(id, dst, text, true);
    const pending: Pending = {
      tag,
      id,
      dst,
      line,
      startedAt: now,
      hops: [],
      sentAt: now,
      linksToDst: 0,
      retransmissions: 0,
      reroutes: 0,
      passedOn: false,
      seeking: false,
      timer: null,
      fault: "no_route",
      detail: "",
    };
    if (dst === this.core.self) return this.#fail(pending, "own_id");
    if (utf8Length(line) > LIMITS.jsonLineBytes) return this.#fail(pending, "too_long");
    const direct = this.core.links.to(dst);
    if (direct !== undefined && !direct.has("ack")) {
      return this.#sendUnacknowledged(pending, direct, text, now);
    }
    if (this.#pending.size >= OVERLAY_LIMITS.deliveries) return this.#fail(pending, "busy");
    this.#pending.set(id, pending);
    this.#attempt(pending, [], now);
  }

  /** A SEND for this peer came from a neighbour. */
  received(neighbour: Neighbour, message: Chat, now: number): void {
    const { self, seen, counters, links, outbox } = this.core;
    const { msg_id: id, src, dst } = message;
    if (seen.first(src, id, "SEND", now)) {
      counters.shown += 1;
      const via = src === neighbour.peer ? null : neighbour.peer;
      const text = payloadText(message.payload);
      outbox.report({ kind: "message", id, from: src, to: dst, text, via });
    } else {
      counters.duplicates += 1;
    }
    if (!message.require_ack) return;
    links.answer(
      neighbour,
      { type: "ACK", msg_id: id, from: self, dst: src, ttl: ORIGIN_TTL },
      now,
    );
  }

  /** An ACK; false where it is for no own message, or from who cannot know. */
  acknowledged(neighbour: Neighbour, ack: Ack, now: number): boolean {
    const pending = this.#pending.get(ack.msg_id);
    if (pending === undefined || pending.dst !== ack.from) return false;
    if (!pending.hops.includes(neighbour.peer)) return false;
    const direct = neighbour.peer === pending.dst;
    if (!direct) this.router.routes.worked(pending.dst, neighbour.peer, now - pending.sentAt);
    this.core.counters.delivered += 1;
    const hops = direct ? 1 : pending.linksToDst;
    const via = direct ? null : neighbour.peer;
    this.#end(pending, { kind: "delivered", via, hops, ms: now - pending.startedAt });
    return true;
  }

  /** A relay says that it passed an own message on; false where it was not its last hop. */
  relayed(neighbour: Neighbour, id: string): boolean {
    const pending = this.#lastHandedTo(neighbour, id);
    if (pending === undefined || pending.passedOn) return false;
    pending.passedOn = true;
    return true;
  }

  /**
   * A relay says that an own message did not get through; false where it was not its last hop.
   *
   * @param reason what RELAY_FAIL or the error says
   */
  relayFailed(neighbour: Neighbour, id: string, reason: string, now: number): boolean {
    const pending = this.#lastHandedTo(neighbour, id);
    if (pending === undefined) return false;
    pending.detail = `${neighbour.peer}: ${reason}`;
    pending.fault = reason === "busy" || reason === "no_route" ? reason : "relay_failed";
    if (reason === "busy") {
      // Its queue may have room again when the message is sent the next time.
      if (this.router.next(pending.dst, now, [neighbour.peer]) === null) return true;
    } else {
      this.router.failed(pending.dst, neighbour.peer, now, now);
    }
    this.#reroute(pending, neighbour.peer, now);
    return true;
  }

  /** A relay says that an own message had too far to go; false where it was not its last hop. */
  ttlExpired(neighbour: Neighbour, id: string, now: number): boolean {
    const pending = this.#lastHandedTo(neighbour, id);
    if (pending === undefined) return false;
    this.router.failed(pending.dst, neighbour.peer, now, now);
    pending.fault = "ttl_expired";
    if (this.router.next(pending.dst, now, [neighbour.peer]) === null) {
      this.#fail(pending, "ttl_expired");
    } else {
      this.#reroute(pending, neighbour.peer, now);
    }
    return true;
  }

  /** A neighbour is gone: what was handed to it last goes another way. */
  neighbourDown(peer: PeerId, now: number): void {
    for (const pending of [...this.#pending.values()]) {
      if (pending.seeking || pending.hops.at(-1) !== peer) continue;
      this.#reroute(pending, peer, now);
    }
  }

  /** Ends everything that is under way. */
  quit(): void {
    for (const pending of [...this.#pending.values()]) this.#fail(pending, "quitting");
  }

  #lastHandedTo(neighbour: Neighbour, id: string): Pending | undefined {
    const pending = this.#pending.get(id);
    if (pending === undefined || pending.seeking) return undefined;
    return pending.hops.at(-1) === neighbour.peer ? pending : undefined;
  }

  #reroute(pending: Pending, failed: PeerId, now: number): void {
    if (pending.reroutes >= OVERLAY_LIMITS.reroutes) return;
    pending.reroutes += 1;
    this.#attempt(pending, [failed], now);
  }

  /** Sends by the best way that is not to be avoided, or looks for one. */
  #attempt(pending: Pending, avoid: readonly PeerId[], now: number): void {
    const hop = this.router.next(pending.dst, now, avoid);
    if (hop === null) return this.#seek(pending, now);
    if (this.#hand(pending, hop, now)) return;
    const other = this.router.next(pending.dst, now, [...avoid, hop.neighbour.peer]);
    if (other !== null && other.neighbour !== hop.neighbour && this.#hand(pending, other, now)) {
      return;
    }
    // There may be room when it is sent the next time.
    pending.fault = "busy";
    this.#startTimer(pending, now);
  }

  #hand(pending: Pending, hop: Hop, now: number): boolean {
    if (!this.core.links.post(hop.neighbour, pending.line, "message", now)) return false;
    pending.hops.push(hop.neighbour.peer);
    pending.linksToDst = hop.hops;
    pending.sentAt = now;
    pending.passedOn = false;
    pending.fault = "ack_timeout";
    this.#startTimer(pending, now);
    return true;
  }

  #startTimer(pending: Pending, now: number): void {
    pending.timer ??= this.core.deadlines.set(
      now + OVERLAY_LIMITS.retransmission,
      (then) => this.#overdue(pending, then),
    );
  }

  #seek(pending: Pending, now: number): void {
    pending.seeking = true;
    const seeker = {
      found: (then: number) => {
        pending.seeking = false;
        if (this.#pending.has(pending.id)) this.#attempt(pending, [], then);
      },
      notFound: () => {
        pending.seeking = false;
        pending.fault = "no_route";
        // What was sent before may yet be acknowledged, and the network change until it is sent again.
        if (pending.timer === null) this.#fail(pending, "no_route");
      },
    };
    if (this.discovery.seek(pending.dst, seeker, now)) return;
    pending.seeking = false;
    pending.fault = "busy";
    if (pending.timer === null) this.#fail(pending, "busy");
  }

  #overdue(pending: Pending, now: number): void {
    if (pending.retransmissions >= OVERLAY_LIMITS.retransmissions) {
      return this.#fail(pending, pending.fault);
    }
    pending.retransmissions += 1;
    this.core.counters.retransmitted += 1;
    pending.timer = null;
    this.#startTimer(pending, now);
    if (pending.seeking) return;
    const last = pending.hops.at(-1);
    this.router.timedOut(pending.dst, pending.sentAt, now);
    this.#attempt(pending, last === pending.dst ? this.#aroundDirect(pending, now) : [], now);
  }

  /**
   * A direct neighbour did not answer: its link may be dead without anybody having said so.
   *
   * @returns what to avoid: the link, where another way is known; else it is looked for meanwhile
   */
  #aroundDirect({ dst }: Pending, now: number): readonly PeerId[] {
    if (this.router.next(dst, now, [dst]) !== null) return [dst];
    this.discovery.seek(dst, { found: () => {}, notFound: () => {} }, now);
    return [];
  }

  #sendUnacknowledged(pending: Pending, direct: Neighbour, text: string, now: number): void {
    const line = this.#format(pending.id, pending.dst, text, false);
    if (!this.core.links.post(direct, line, "message", now)) return this.#fail(pending, "busy");
    this.#end(pending, { kind: "unacknowledged", via: null });
  }

  #fail(pending: Pending, fault: SendFault): void {
    this.core.counters.notDelivered += 1;
    this.#end(pending, { kind: "not_delivered", fault, detail: pending.detail });
  }

  #end({ tag, id, dst, timer }: Pending, outcome: Outcome): void {
    this.#pending.delete(id);
    this.core.deadlines.cancel(timer);
    this.core.outbox.report({ kind: "fate", tag, id, to: dst, outcome });
  }

  #format(msg_id: string, dst: PeerId, payload: string, require_ack: boolean): string {
    const src = this.core.self;
    return formatMessage({ type: "SEND", msg_id, src, dst, payload, require_ack, ttl: ORIGIN_TTL });
  }
}
