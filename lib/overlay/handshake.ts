import {
  FEATURES,
  type Hello,
  ORIGIN_TTL,
  type OverlayLine,
  type PeerId,
  VERSION,
} from "../protocol/overlay.ts";
import type { Core } from "./core.ts";
import { judgeDuplicate } from "./duplicate_links.ts";
import type { Farewell } from "./farewell.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import type { Neighbour } from "./neighbour.ts";
import type { DialFault } from "./reports.ts";

/** What the rest of the node does when a handshake ends. */
export interface HandshakeEvents {
  /** A peer is a neighbour; `replaces` where another link to it was used before. */
  greeted(neighbour: Neighbour, replaces: boolean, now: number): void;
  /** The link is gone. */
  failed(neighbour: Neighbour, fault: DialFault, detail: string, now: number): void;
}

/** HELLO and HELLO_OK: from a connection to a neighbour with a name, within ten seconds. */
export class Handshake {
  constructor(
    readonly core: Core,
    readonly farewell: Farewell,
    readonly events: HandshakeEvents,
  ) {}

  /** The connection is there. */
  begin(neighbour: Neighbour, now: number): void {
    neighbour.since = now;
    neighbour.deadline = this.core.deadlines.set(now + OVERLAY_LIMITS.handshake, (then) => {
      this.core.links.end(neighbour, "timed_out", "close");
      this.events.failed(neighbour, "handshake_timeout", "", then);
    });
    if (neighbour.outbound) {
      neighbour.advance("connected");
      this.#say(neighbour, "HELLO", FEATURES, now);
    }
  }

  /** A line before the handshake is done; null where it was no message. */
  line(neighbour: Neighbour, line: OverlayLine | null, now: number): void {
    const message = line?.message;
    switch (message?.type) {
      case "HELLO":
        return this.#hello(neighbour, message, now);
      case "HELLO_OK":
        if (neighbour.outbound) return this.#hello(neighbour, message, now);
        break;
      case "ERROR":
        this.core.links.end(neighbour, "refused", "close");
        this.events.failed(neighbour, "refused", message.code, now);
        return;
    }
    this.core.counters.unauthorized += 1;
    this.#refuse(neighbour, "refused", "HELLO comes first", now);
  }

  #hello(neighbour: Neighbour, hello: Hello, now: number): void {
    if (hello.peer_id === this.core.self) {
      return this.#refuse(neighbour, "own_id", "connected to itself", now);
    }
    const features = FEATURES.filter((feature) => hello.features.includes(feature));
    neighbour.peer = hello.peer_id;
    const old = this.core.links.to(hello.peer_id);
    const verdict = old === undefined
      ? "keep_new"
      : judgeDuplicate(this.core.self, old, neighbour, now);
    if (verdict === "refuse_new") {
      return this.#refuse(neighbour, "refused", "peer_id in use", now);
    }
    if (hello.type === "HELLO") this.#say(neighbour, "HELLO_OK", features, now);
    else neighbour.rtt = now - neighbour.since;
    this.#welcome(neighbour, features, now);
    if (verdict === "keep_old") {
      this.farewell.leave(neighbour, "duplicate", now);
    } else {
      this.core.links.use(neighbour);
      if (old !== undefined) this.#takeOver(old, neighbour, now);
    }
    this.events.greeted(neighbour, old !== undefined, now);
  }

  #welcome(neighbour: Neighbour, features: Neighbour["features"], now: number): void {
    neighbour.features = features;
    neighbour.since = now;
    neighbour.lastSeen = now;
    neighbour.advance("greeted");
    this.core.deadlines.cancel(neighbour.deadline);
    neighbour.deadline = null;
  }

  /** What waits for the old link goes over the new one; what is on its way there still arrives. */
  #takeOver(old: Neighbour, fresh: Neighbour, now: number): void {
    for (const { line } of old.queue.takeWaiting()) {
      this.core.links.post(fresh, line, "message", now);
    }
    this.farewell.leave(old, "duplicate", now);
  }

  #refuse(neighbour: Neighbour, fault: DialFault, detail: string, now: number): void {
    this.core.links.error(neighbour, "unauthorized", "", detail, now);
    this.core.links.end(neighbour, "refused", "close");
    this.events.failed(neighbour, fault, detail, now);
  }

  #say(
    neighbour: Neighbour,
    type: Hello["type"],
    features: Hello["features"],
    now: number,
  ): void {
    const peer_id: PeerId = this.core.self;
    const hello = { type, peer_id, version: VERSION, features, ttl: ORIGIN_TTL };
    this.core.links.send(neighbour, hello, "answer", now);
  }
}
