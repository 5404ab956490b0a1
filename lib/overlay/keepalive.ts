import { ORIGIN_TTL, type Ping } from "../protocol/overlay.ts";
import type { Core } from "./core.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import type { Neighbour } from "./neighbour.ts";

/** PING and PONG: whether a neighbour is still there, and how long the way to it and back takes. */
export class Keepalive {
  /** @param silent told of a neighbour whose link was cut because it did not answer */
  constructor(readonly core: Core, readonly silent: (neighbour: Neighbour, now: number) => void) {}

  /** Begins with a neighbour that came up. */
  start(neighbour: Neighbour, now: number): void {
    neighbour.deadline = this.core.deadlines.set(
      now + OVERLAY_LIMITS.firstPing,
      (then) => this.#tick(neighbour, then),
    );
  }

  /** A PING because a person asked. `unanswered` is called where no PONG comes in time. */
  ask(neighbour: Neighbour, tag: number, now: number, unanswered: () => void): void {
    const ping = this.#ping(neighbour, tag, now);
    this.core.deadlines.set(now + OVERLAY_LIMITS.answer, () => {
      const at = neighbour.pings.indexOf(ping);
      if (at < 0) return;
      neighbour.pings.splice(at, 1);
      unanswered();
    });
  }

  /** A neighbour's PING. */
  ping(neighbour: Neighbour, message: Ping, now: number): void {
    this.core.links.answer(neighbour, this.#message("PONG", message.msg_id), now);
  }

  /** A neighbour's PONG; false where it answers nothing. */
  pong(neighbour: Neighbour, message: Ping, now: number): boolean {
    const at = neighbour.pings.findIndex((ping) => ping.id === message.msg_id);
    const ping = neighbour.pings[at];
    if (ping === undefined) return false;
    neighbour.rtt = now - ping.at;
    // The earlier ones of its own need no answer any more; each of a person's does.
    const open = neighbour.pings.filter((other, index) => index > at || other.tag !== null);
    neighbour.pings.splice(0, neighbour.pings.length, ...open.filter((other) => other !== ping));
    if (ping.tag !== null) {
      const { peer, rtt: ms } = neighbour;
      this.core.outbox.report({ kind: "pong", tag: ping.tag, peer, ms });
    }
    return true;
  }

  #tick(neighbour: Neighbour, now: number): void {
    const unanswered = neighbour.pings.filter((ping) => ping.tag === null).length;
    if (unanswered >= OVERLAY_LIMITS.unansweredPings) {
      const used = this.core.links.end(neighbour, "silent", "abort");
      if (used) this.silent(neighbour, now);
      return;
    }
    this.#ping(neighbour, null, now);
    neighbour.deadline = this.core.deadlines.set(
      now + OVERLAY_LIMITS.ping,
      (then) => this.#tick(neighbour, then),
    );
  }

  #ping(neighbour: Neighbour, tag: number | null, now: number): Neighbour["pings"][number] {
    const ping = { id: this.core.newId(), at: now, tag };
    neighbour.pings.push(ping);
    this.core.links.send(neighbour, this.#message("PING", ping.id), "answer", now);
    return ping;
  }

  #message(type: Ping["type"], msg_id: string): Ping {
    return { type, msg_id, timestamp: this.core.timestamp(), ttl: ORIGIN_TTL };
  }
}
