import type { LinkId } from "../base/link.ts";
import {
  formatMessage,
  ORIGIN_TTL,
  type OverlayMessage,
  type PeerId,
} from "../protocol/overlay.ts";
import type { CounterValues } from "./counters.ts";
import type { Deadlines } from "./deadlines.ts";
import { type DialTarget, Neighbour } from "./neighbour.ts";
import type { LinkEvent } from "./link_states.ts";
import type { Outbox } from "./outbox.ts";
import { Quota } from "./quota.ts";
import { SendQueue, type Urgency } from "./send_queue.ts";
import type { Rate } from "../base/token_bucket.ts";

/** Rates of every link; null for no bound. */
export interface LinkRates {
  readonly quota: Rate | null;
  readonly pace: Rate | null;
}

/** Every link of a node, and the sending of lines on them. */
export class Links {
  readonly #links = new Map<LinkId, Neighbour>();
  readonly #up = new Map<PeerId, Neighbour>();
  #nextDialled: LinkId = 1;

  constructor(
    readonly outbox: Outbox,
    readonly deadlines: Deadlines,
    readonly counters: CounterValues,
    readonly newId: () => string,
    readonly rates: LinkRates,
  ) {}

  /** Every link, in whatever state. */
  all(): Iterable<Neighbour> {
    return this.#links.values();
  }

  /** The link with a number, or undefined where it is gone. */
  get(link: LinkId): Neighbour | undefined {
    return this.#links.get(link);
  }

  /** The link that is used for a peer, or undefined where it is no neighbour. */
  to(peer: PeerId): Neighbour | undefined {
    return this.#up.get(peer);
  }

  /** The neighbours: one link each. */
  neighbours(): Iterable<Neighbour> {
    return this.#up.values();
  }

  get neighbourCount(): number {
    return this.#up.size;
  }

  /** Links that we opened or that others did, in whatever state. */
  count(outbound: boolean): number {
    let count = 0;
    for (const neighbour of this.#links.values()) {
      if (neighbour.outbound === outbound) count += 1;
    }
    return count;
  }

  /** Somebody connected. */
  accept(link: LinkId, ip: string): Neighbour {
    return this.#add(link, ip, null);
  }

  /** Connects. */
  dial(ip: string, port: number, target: DialTarget): Neighbour {
    const link = this.#nextDialled;
    this.#nextDialled += 2;
    this.outbox.emit({ kind: "connect", link, host: ip, port });
    return this.#add(link, ip, target);
  }

  /** Makes a link the one that is used for its peer. */
  use(neighbour: Neighbour): void {
    this.#up.set(neighbour.peer, neighbour);
  }

  /** Ends the use of a link for its peer; false where it was not the one that is used. */
  disuse(neighbour: Neighbour): boolean {
    return this.#up.get(neighbour.peer) === neighbour && this.#up.delete(neighbour.peer);
  }

  /**
   * Sends a line, or queues it.
   *
   * @returns false where the queue is full or the link gone
   */
  post(neighbour: Neighbour, line: string, urgency: Urgency, now: number): boolean {
    if (neighbour.state === "gone" || neighbour.state === "dialling") return false;
    if (!neighbour.queue.push(line, urgency, now)) {
      this.counters.queueFull += 1;
      return false;
    }
    if (neighbour.queue.length > 0 && neighbour.drain === null) this.drain(neighbour, now);
    return true;
  }

  /** {@link post} of a message. */
  send(neighbour: Neighbour, message: OverlayMessage, urgency: Urgency, now: number): boolean {
    return this.post(neighbour, formatMessage(message), urgency, now);
  }

  /** Answers a neighbour's message, over whichever link is used for it now. */
  answer(
    neighbour: Neighbour,
    message: OverlayMessage,
    now: number,
    urgency: "answer" | "note" = "answer",
  ): boolean {
    const leaving = neighbour.state === "leaving";
    const used = leaving ? this.#up.get(neighbour.peer) ?? neighbour : neighbour;
    return this.send(used, message, urgency, now);
  }

  /** Tells a neighbour what was wrong with its message `ref` (empty where it had no id). */
  error(neighbour: Neighbour, code: string, ref: string, detail: string, now: number): void {
    const limit = undefined;
    this.answer(neighbour, errorMessage(this.newId(), { code, ref, detail, limit }), now);
  }

  /** Hands over what the window and the pace allow. */
  drain(neighbour: Neighbour, now: number): void {
    const again = neighbour.queue.drain(now);
    this.deadlines.cancel(neighbour.drain);
    neighbour.drain = again === null ? null : this.deadlines.set(again, (then) => {
      neighbour.drain = null;
      this.drain(neighbour, then);
    });
  }

  /**
   * Ends a link: in order, with what was queued for it, or by force.
   *
   * @returns whether it was the one that was used for its peer, which is no neighbour any more
   */
  end(neighbour: Neighbour, event: LinkEvent, how: "close" | "abort"): boolean {
    if (how === "close") neighbour.queue.flush();
    this.outbox.emit({ kind: how, link: neighbour.link });
    return this.forget(neighbour, event);
  }

  /** Drops a link that is gone already; returns as {@link end}. */
  forget(neighbour: Neighbour, event: LinkEvent): boolean {
    neighbour.advance(event);
    this.deadlines.cancel(neighbour.deadline);
    this.deadlines.cancel(neighbour.drain);
    this.#links.delete(neighbour.link);
    return this.disuse(neighbour);
  }

  #add(link: LinkId, ip: string, target: DialTarget | null): Neighbour {
    const queue = new SendQueue((line, unhurried) => {
      neighbour.sent += 1;
      this.counters.sent += 1;
      if (this.outbox.watching) {
        const peer = neighbour.peer;
        this.outbox.report({ kind: "watched", direction: "out", peer, line });
      }
      this.outbox.emit(
        unhurried ? { kind: "send", link, line, unhurried } : { kind: "send", link, line },
      );
    }, this.rates.pace);
    const quota = new Quota(this.rates.quota);
    const neighbour: Neighbour = new Neighbour(link, ip, target, queue, quota);
    this.#links.set(link, neighbour);
    return neighbour;
  }
}

/** An error as it is sent, in both spellings. */
export function errorMessage(
  msg_id: string,
  fields: {
    readonly code: string;
    readonly ref: string;
    readonly detail: string;
    readonly limit: number | undefined;
  },
): OverlayMessage {
  return { type: "ERROR", msg_id, ...fields, ttl: ORIGIN_TTL };
}
