import type { OverlayError, OverlayLine, RelayNote } from "../protocol/overlay.ts";
import type { Core } from "./core.ts";
import type { Delivery } from "./delivery.ts";
import type { Farewell } from "./farewell.ts";
import type { Keepalive } from "./keepalive.ts";
import type { MetricsExchange } from "./metrics.ts";
import type { Neighbour } from "./neighbour.ts";
import type { Publication } from "./publication.ts";
import type { Relay } from "./relay.ts";
import type { RouteDiscovery } from "./route_discovery.ts";

/** The parts that take messages. */
export interface MessageParts {
  readonly delivery: Delivery;
  readonly relay: Relay;
  readonly publication: Publication;
  readonly discovery: RouteDiscovery;
  readonly keepalive: Keepalive;
  readonly metrics: MetricsExchange;
  readonly farewell: Farewell;
}

/** Which part takes which message. */
export class Dispatch {
  constructor(readonly core: Core, readonly parts: MessageParts) {}

  /** One message from a neighbour that is up or leaving. */
  message(neighbour: Neighbour, { message, text }: OverlayLine, now: number): void {
    switch (message.type) {
      case "SEND":
        if (message.dst === this.core.self) this.parts.delivery.received(neighbour, message, now);
        else this.parts.relay.handOn(neighbour, message, text, now);
        return;
      case "ACK":
        return this.#answered(
          neighbour,
          this.parts.delivery.acknowledged(neighbour, message, now) ||
            this.parts.relay.acknowledged(neighbour, message, text, now),
        );
      case "PUB":
        return this.parts.publication.received(neighbour, message, text, now);
      case "WHO_HAS":
        return this.parts.discovery.asked(neighbour, message, text, now);
      case "WHO_HAS_HIT":
        return this.#answered(neighbour, this.parts.discovery.hit(neighbour, message, text, now));
      case "PING":
        return this.parts.keepalive.ping(neighbour, message, now);
      case "PONG":
        return this.#answered(neighbour, this.parts.keepalive.pong(neighbour, message, now));
      case "RELAY_OK":
      case "RELAY_FAIL":
      case "TTL_EXPIRED": {
        const { type, msg_id, reason } = message;
        return this.#answered(neighbour, this.#noted(neighbour, type, msg_id, reason, now));
      }
      case "METRICS_REQ":
        return this.parts.metrics.requested(neighbour, message, text, now);
      case "METRICS":
        return this.#answered(
          neighbour,
          this.parts.metrics.answered(neighbour, message, text, now),
        );
      case "BYE":
        return this.parts.farewell.bye(neighbour, message, now);
      case "BYE_OK":
        return this.#answered(neighbour, this.parts.farewell.byeOk(neighbour, message));
      case "ERROR":
        return this.#error(neighbour, message, now);
      case "HELLO":
      case "HELLO_OK":
        return this.#answered(neighbour, false);
      case "UNKNOWN": {
        this.core.counters.unknownCommand += 1;
        const { msg_id, command } = message;
        const detail = command.slice(0, 64);
        this.core.links.error(neighbour, "p2p_unknown_command", msg_id, detail, now);
      }
    }
  }

  /** An answer that was asked for does not count against the neighbour's quota. */
  #answered(neighbour: Neighbour, asked: boolean): void {
    if (asked) neighbour.quota.answered();
    else this.core.counters.unsolicited += 1;
  }

  #noted(
    neighbour: Neighbour,
    type: RelayNote["type"],
    id: string,
    reason: string,
    now: number,
  ): boolean {
    const relayed = this.parts.relay.noted(neighbour, id, type, reason, now);
    switch (type) {
      case "RELAY_OK":
        return this.parts.delivery.relayed(neighbour, id) || relayed;
      case "RELAY_FAIL":
        return this.parts.delivery.relayFailed(neighbour, id, reason, now) || relayed;
      case "TTL_EXPIRED":
        return this.parts.metrics.failed(neighbour, id) ||
          this.parts.delivery.ttlExpired(neighbour, id, now) || relayed;
    }
  }

  /** An error about a message that was handed over is what RELAY_FAIL is; others are for people. */
  #error(neighbour: Neighbour, { code, ref, detail }: OverlayError, now: number): void {
    const { peer } = neighbour;
    this.core.outbox.report({ kind: "remote_error", peer, code, ref, detail });
    if (ref === "") return;
    const asked = this.parts.metrics.failed(neighbour, ref) ||
      this.#errorIsNote(neighbour, code, ref, now);
    if (asked) neighbour.quota.answered();
  }

  #errorIsNote(neighbour: Neighbour, code: string, ref: string, now: number): boolean {
    switch (code) {
      case "no_route":
      case "busy":
        return this.#noted(neighbour, "RELAY_FAIL", ref, code, now);
      case "over_quota":
        return this.#noted(neighbour, "RELAY_FAIL", ref, "busy", now);
      case "ttl_expired":
        return this.#noted(neighbour, "TTL_EXPIRED", ref, code, now);
      default:
        return false;
    }
  }
}
