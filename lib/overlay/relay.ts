import {
  type Ack,
  type Chat,
  ORIGIN_TTL,
  type PeerId,
  type RelayNote,
  withTtl,
} from "../protocol/overlay.ts";
import type { Core } from "./core.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import type { Neighbour } from "./neighbour.ts";
import { tellFailed, tellRelayed, tellTtlExpired } from "./relay_notes.ts";
import { type ReturnPath, ReturnPaths } from "./return_paths.ts";
import type { RouteDiscovery } from "./route_discovery.ts";
import type { Hop, Router } from "./router.ts";

/** Next hops of one message that an ACK is accepted from. */
const MOST_FORWARD = 4;
/** Notes about one message that count as answers: RELAY_OK, RELAY_FAIL and its error, twice. */
const MOST_NOTES = 6;

/**
 * Passing on the SEND of others, and what comes back to them.
 *
 * A SEND that is seen again is not passed on again while its answer may still come. When none came
 * for longer than a way through the network takes, or the way is known to have failed, it is a
 * retransmission, and without passing it on it could not do its work; the destination shows it once.
 */
export class Relay {
  readonly #paths = new ReturnPaths({
    lifetime: OVERLAY_LIMITS.sendPath,
    capacity: OVERLAY_LIMITS.sendPaths,
  });

  constructor(
    readonly core: Core,
    readonly router: Router,
    readonly discovery: RouteDiscovery,
  ) {}

  /** A SEND for another peer came from a neighbour. */
  handOn(neighbour: Neighbour, message: Chat, text: string, now: number): void {
    const { self, seen, counters } = this.core;
    const { msg_id: id, src, dst } = message;
    if (src === self || dst === neighbour.peer) {
      counters.unsolicited += 1;
      return tellFailed(this.core, neighbour, id, dst, "loop", now);
    }
    const path = this.#paths.get(id, now);
    if (path !== undefined && (path.src !== src || path.dst !== dst)) {
      return tellFailed(this.core, neighbour, id, dst, "duplicate_id", now);
    }
    if (path === undefined ? seen.has(src, id, "SEND", now) : !this.#isRetransmission(path, now)) {
      counters.duplicates += 1;
      if (path !== undefined) this.#repeat(neighbour, id, path, now);
      return;
    }
    if (message.ttl < 1) return tellTtlExpired(this.core, neighbour, id, dst, now);
    seen.first(src, id, "SEND", now);
    const unanswering = this.#unanswering(path, now);
    const opened = this.#open(neighbour, message, path, now);
    const line = withTtl(text, message.ttl - 1);
    if (line === null) return this.#fail(neighbour, id, opened, "too_long", now);
    const hop = this.router.next(dst, now, [neighbour.peer, ...unanswering]) ??
      this.router.next(dst, now, [neighbour.peer]);
    if (hop === null) this.#hold(neighbour, id, opened, line, now);
    else this.#hand(neighbour, id, opened, line, hop, now);
  }

  /** An ACK of a SEND that was passed on; false where there was none, or not to that neighbour. */
  acknowledged(neighbour: Neighbour, ack: Ack, text: string, now: number): boolean {
    const path = this.#paths.get(ack.msg_id, now);
    if (path === undefined || path.dst !== ack.from || !path.forward.includes(neighbour.peer)) {
      return false;
    }
    if (path.state === "answered") {
      this.core.counters.duplicates += 1;
      return false;
    }
    path.state = "answered";
    this.router.routes.worked(path.dst, neighbour.peer, now - path.at);
    if (ack.ttl < 1) {
      tellTtlExpired(this.core, neighbour, ack.msg_id, path.src, now);
      return true;
    }
    const back = this.core.links.to(path.back);
    const line = withTtl(text, ack.ttl - 1);
    if (back !== undefined && line !== null) this.core.links.post(back, line, "answer", now);
    return true;
  }

  /** What the next relay says of a SEND that was passed on; false where it has nothing to say. */
  noted(neighbour: Neighbour, id: string, type: RelayNote["type"], reason: string, now: number) {
    const path = this.#paths.get(id, now);
    if (path === undefined || path.forward.at(-1) !== neighbour.peer) return false;
    path.answers += 1;
    if (path.answers > MOST_NOTES) return false;
    if (type === "RELAY_OK" || path.state === "answered" || path.state === "failed") return true;
    path.state = "failed";
    const back = this.core.links.to(path.back);
    if (type === "TTL_EXPIRED") {
      if (back !== undefined) tellTtlExpired(this.core, back, id, path.dst, now);
      return true;
    }
    if (reason !== "busy") this.router.failed(path.dst, neighbour.peer, now, now);
    if (back !== undefined) tellFailed(this.core, back, id, path.dst, reason, now);
    return true;
  }

  /** A neighbour is gone, with what was handed to it. */
  neighbourDown(peer: PeerId, now: number): void {
    for (const [id, path] of this.#paths.openThrough(peer)) {
      path.state = "failed";
      const back = this.core.links.to(path.back);
      if (back !== undefined) tellFailed(this.core, back, id, path.dst, "link_lost", now);
    }
  }

  #isRetransmission(path: ReturnPath, now: number): boolean {
    if (path.state === "failed") return true;
    return path.state === "open" && now - path.at >= OVERLAY_LIMITS.retransmissionGap;
  }

  /** Where a message went the last time, and no answer came: another way is better now. */
  #unanswering(path: ReturnPath | undefined, now: number): readonly PeerId[] {
    const last = path?.state === "open" ? path.forward.at(-1) : undefined;
    if (path === undefined || last === undefined) return [];
    this.router.failed(path.dst, last, path.at, now);
    return [last];
  }

  /** A SEND was seen again: its ACK is repeated where it came, and a message that circles ends. */
  #repeat(neighbour: Neighbour, id: string, path: ReturnPath, now: number): void {
    if (path.state === "answered") {
      path.back = neighbour.peer;
      const { dst: from, src: dst } = path;
      const ack: Ack = { type: "ACK", msg_id: id, from, dst, ttl: ORIGIN_TTL };
      this.core.links.answer(neighbour, ack, now);
    } else if (path.forward.at(-1) === neighbour.peer) {
      tellFailed(this.core, neighbour, id, path.dst, "loop", now);
    }
  }

  #open(
    neighbour: Neighbour,
    { msg_id: id, src, dst, require_ack }: Chat,
    old: ReturnPath | undefined,
    now: number,
  ): ReturnPath {
    const path = old ?? this.#paths.open(id, src, dst, neighbour.peer, now);
    if (old !== undefined) this.#paths.renew(id, old, now);
    path.back = neighbour.peer;
    path.at = now;
    path.answers = 0;
    path.state = require_ack ? "open" : "unanswerable";
    return path;
  }

  #hand(
    neighbour: Neighbour,
    id: string,
    path: ReturnPath,
    line: string,
    hop: Hop,
    now: number,
  ): void {
    if (!this.core.links.post(hop.neighbour, line, "message", now)) {
      return this.#fail(neighbour, id, path, "busy", now);
    }
    if (path.forward.length >= MOST_FORWARD) path.forward.shift();
    path.forward.push(hop.neighbour.peer);
    path.at = now;
    this.core.counters.relayed += 1;
    tellRelayed(this.core, neighbour, id, path.dst, now);
  }

  /** Keeps a message while a way is looked for. */
  #hold(neighbour: Neighbour, id: string, path: ReturnPath, line: string, now: number): void {
    if (neighbour.held >= OVERLAY_LIMITS.heldPerNeighbour) {
      return this.#fail(neighbour, id, path, "busy", now);
    }
    const seeker = {
      found: (then: number) => {
        neighbour.held -= 1;
        const hop = this.router.next(path.dst, then, [neighbour.peer]);
        if (hop === null) this.#fail(neighbour, id, path, "no_route", then);
        else this.#hand(neighbour, id, path, line, hop, then);
      },
      notFound: (then: number) => {
        neighbour.held -= 1;
        this.#fail(neighbour, id, path, "no_route", then);
      },
    };
    neighbour.held += 1;
    if (this.discovery.seek(path.dst, seeker, now)) return;
    neighbour.held -= 1;
    this.#fail(neighbour, id, path, "busy", now);
  }

  #fail(neighbour: Neighbour, id: string, path: ReturnPath, reason: string, now: number): void {
    path.state = "failed";
    tellFailed(this.core, neighbour, id, path.dst, reason, now);
  }
}
