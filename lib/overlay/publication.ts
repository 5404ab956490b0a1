import { type Chat, formatMessage, ORIGIN_TTL, payloadText, withTtl } from "../protocol/overlay.ts";
import { LIMITS } from "../base/limits.ts";
import { utf8Length } from "../wire/text.ts";
import type { Core } from "./core.ts";
import { flood } from "./flooding.ts";
import type { Neighbour } from "./neighbour.ts";
import type { Outcome } from "./reports.ts";

/** PUB: messages to a namespace or to everyone, passed on by every peer to all its neighbours. */
export class Publication {
  constructor(readonly core: Core) {}

  /** Publishes to `#namespace` or `*`; reports the fate at once. */
  send(tag: number, dst: string, text: string, now: number): void {
    const { self, newId, links, seen, counters, outbox } = this.core;
    const id = newId();
    const line = formatMessage({
      type: "PUB",
      msg_id: id,
      src: self,
      dst,
      payload: text,
      require_ack: false,
      ttl: ORIGIN_TTL,
    });
    const report = (outcome: Outcome) => outbox.report({ kind: "fate", tag, id, to: dst, outcome });
    if (utf8Length(line) > LIMITS.jsonLineBytes) {
      counters.notDelivered += 1;
      return report({ kind: "not_delivered", fault: "too_long", detail: "" });
    }
    seen.first(self, id, "PUB", now);
    const { reached, refused } = flood(links, line, now, () => true);
    if (reached === 0) {
      counters.notDelivered += 1;
      const fault = refused === 0 ? "no_neighbours" : "busy";
      return report({ kind: "not_delivered", fault, detail: "" });
    }
    counters.published += 1;
    report({ kind: "published", neighbours: reached, refused });
  }

  /** A neighbour hands one over. */
  received(neighbour: Neighbour, message: Chat, text: string, now: number): void {
    const { self, seen, counters, links, outbox, namespace } = this.core;
    const { src, msg_id: id, dst, ttl } = message;
    if (src === self || !seen.first(src, id, "PUB", now)) {
      counters.duplicates += 1;
      return;
    }
    if (dst === "*" || dst.slice(1) === namespace) {
      counters.shown += 1;
      const via = src === neighbour.peer ? null : neighbour.peer;
      const shown = payloadText(message.payload);
      outbox.report({ kind: "message", id, from: src, to: dst, text: shown, via });
    }
    const line = ttl < 1 ? null : withTtl(text, ttl - 1);
    if (line === null) return;
    counters.flooded += 1;
    flood(links, line, now, (other) => other !== neighbour && other.peer !== src);
  }
}
