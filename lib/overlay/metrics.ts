import {
  formatMessage,
  type Metrics,
  type MetricsRequest,
  ORIGIN_TTL,
  type PeerId,
  withTtl,
} from "../protocol/overlay.ts";
import type { Core } from "./core.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import type { Neighbour } from "./neighbour.ts";
import { tellTtlExpired } from "./relay_notes.ts";
import { ReturnPaths } from "./return_paths.ts";
import type { Router } from "./router.ts";

interface Question {
  readonly tag: number;
  readonly dst: PeerId;
  readonly next: PeerId;
}

/** METRICS_REQ and METRICS: how a peer sees its links, asked directly or through relays. */
export class MetricsExchange {
  readonly #questions = new Map<string, Question>();
  readonly #paths = new ReturnPaths({
    lifetime: OVERLAY_LIMITS.whoHasPath,
    capacity: OVERLAY_LIMITS.whoHasPaths,
  });

  constructor(readonly core: Core, readonly router: Router) {}

  /** Asks a peer; the answer is reported, or that there is none. */
  ask(tag: number, dst: PeerId, now: number): void {
    const { self, links, deadlines, newId, outbox } = this.core;
    const unanswered = (fault: "unsupported" | "no_answer" | "no_route" | "busy") =>
      outbox.report({ kind: "unanswered", tag, peer: dst, fault });
    const hop = this.router.next(dst, now);
    if (hop === null) return unanswered("no_route");
    const { neighbour } = hop;
    if (!neighbour.has("metrics")) return unanswered("unsupported");
    if (this.#questions.size >= OVERLAY_LIMITS.questions) return unanswered("busy");
    const id = newId();
    const request: MetricsRequest = {
      type: "METRICS_REQ",
      msg_id: id,
      src: self,
      dst,
      ttl: ORIGIN_TTL,
    };
    if (!links.post(neighbour, formatMessage(request), "message", now)) return unanswered("busy");
    this.#questions.set(id, { tag, dst, next: neighbour.peer });
    deadlines.set(now + OVERLAY_LIMITS.answer, () => {
      if (this.#questions.delete(id)) unanswered("no_answer");
    });
  }

  /** A METRICS_REQ came from a neighbour. */
  requested(neighbour: Neighbour, message: MetricsRequest, text: string, now: number): void {
    const { self, links, seen, counters } = this.core;
    const { msg_id: id, src, dst, ttl } = message;
    if (src === self || !seen.first(src, id, "METRICS_REQ", now)) {
      counters.duplicates += 1;
      return;
    }
    if (dst === self) return this.#answer(neighbour, message, now);
    if (ttl < 1) return tellTtlExpired(this.core, neighbour, id, dst, now);
    const hop = this.router.next(dst, now, [neighbour.peer]);
    if (hop === null || !hop.neighbour.has("metrics")) {
      return links.error(neighbour, "no_route", id, `${dst} not reachable`, now);
    }
    const line = withTtl(text, ttl - 1);
    if (line === null || !links.post(hop.neighbour, line, "message", now)) {
      return links.error(neighbour, "busy", id, `${hop.neighbour.peer} is busy`, now);
    }
    const path = this.#paths.open(id, src, dst, neighbour.peer, now);
    path.forward.push(hop.neighbour.peer);
    counters.relayed += 1;
  }

  /** A METRICS came; false where it answers nothing. */
  answered(neighbour: Neighbour, message: Metrics, text: string, now: number): boolean {
    const { msg_id: id, src, ttl } = message;
    const question = this.#questions.get(id);
    if (question !== undefined && question.dst === src && question.next === neighbour.peer) {
      this.#questions.delete(id);
      const { rtt_ms: rtt, sent_count: sent, recv_count: received, last_seen } = message;
      const tag = question.tag;
      const lastSeen = last_seen;
      this.core.outbox.report({ kind: "metrics", tag, peer: src, rtt, sent, received, lastSeen });
      return true;
    }
    const path = this.#paths.get(id, now);
    if (path?.state !== "open" || path.dst !== src || path.forward[0] !== neighbour.peer) {
      return false;
    }
    path.state = "answered";
    const back = this.core.links.to(path.back);
    if (ttl < 1) {
      tellTtlExpired(this.core, neighbour, id, path.src, now);
      return true;
    }
    const line = withTtl(text, ttl - 1);
    if (back !== undefined && line !== null) this.core.links.post(back, line, "answer", now);
    return true;
  }

  /** A question could not be passed on; false where it was none. */
  failed(neighbour: Neighbour, id: string): boolean {
    const question = this.#questions.get(id);
    if (question === undefined || question.next !== neighbour.peer) return false;
    this.#questions.delete(id);
    const { tag, dst: peer } = question;
    this.core.outbox.report({ kind: "unanswered", tag, peer, fault: "no_route" });
    return true;
  }

  /** Of the link to who asks, where it is a neighbour; else of all links together. */
  #answer(neighbour: Neighbour, { msg_id, src }: MetricsRequest, now: number): void {
    const { self, links, counters, timestamp, wallClock } = this.core;
    const asker = links.to(src);
    const seenAt = asker?.lastSeen ?? neighbour.lastSeen;
    links.answer(neighbour, {
      type: "METRICS",
      msg_id,
      src: self,
      dst: src,
      rtt_ms: asker?.rtt ?? null,
      sent_count: asker?.sent ?? counters.sent,
      recv_count: asker?.received ?? counters.received,
      last_seen: timestamp(wallClock() - (now - seenAt)),
      ttl: ORIGIN_TTL,
    }, now);
  }
}
