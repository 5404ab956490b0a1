import type { CloseReason, LinkEffect, LinkId, LinkInput } from "../../lib/base/link.ts";
import { isLinkEffect } from "../../lib/base/link.ts";
import type { Wake } from "../../lib/base/machine.ts";
import { seededRandom } from "../../lib/base/random.ts";
import { type ChatInput, ChatPeer } from "../../lib/chat/chat_peer.ts";
import type { ChatCommand, ChatStatus } from "../../lib/chat/status.ts";

/** The address from which callers of a {@link LonePeer} come where a test does not care. */
export const CALLER_IP = "10.0.0.9";

/**
 * One peer whose whole world the test plays: its server, its callers, its clock. What it does is
 * taken step by step.
 */
export class LonePeer {
  now = 1000;
  readonly peer: ChatPeer;
  /** The connection to the server that the peer asked for last. */
  server: LinkId = 0;
  #effects: LinkEffect[] = [];
  #statuses: ChatStatus[] = [];
  #nextAccepted = 2;

  constructor(name = "Ana", port = 20000) {
    this.peer = new ChatPeer({
      server: { host: "server.example", port: 10000 },
      name,
      port,
      random: seededRandom(7),
    });
  }

  /** A peer that the server has registered, with nothing left to take. */
  static registered(name = "Ana"): LonePeer {
    const lone = new LonePeer(name);
    lone.start();
    lone.give({ kind: "connected", link: lone.server });
    lone.serverSays("LIST ");
    lone.effects();
    lone.statuses();
    return lone;
  }

  give(input: ChatInput | LinkInput | Wake): this {
    for (const effect of this.peer.handle(input, this.now)) {
      if (!isLinkEffect(effect)) this.#statuses.push(effect);
      else {
        this.#effects.push(effect);
        if (effect.kind === "connect" && effect.host === "server.example") {
          this.server = effect.link;
        }
      }
    }
    return this;
  }

  start(): this {
    return this.give({ kind: "start" });
  }

  does(command: ChatCommand): this {
    return this.give({ kind: "command", command });
  }

  serverSays(...lines: string[]): this {
    return this.hears(this.server, ...lines);
  }

  hears(link: LinkId, ...lines: string[]): this {
    for (const line of lines) {
      this.give({ kind: "line", link, bytes: new TextEncoder().encode(line) });
    }
    return this;
  }

  loses(link: LinkId, reason: CloseReason = "end_of_file"): this {
    return this.give({ kind: "closed", link, reason });
  }

  /** The server says no to our name: it closes, and again when it is asked once more. */
  isRefused(reason: CloseReason = "end_of_file"): this {
    for (let asked = 0; asked < 2; asked += 1) {
      this.give({ kind: "connected", link: this.server }).loses(this.server, reason);
    }
    return this;
  }

  /** Somebody connects; answers with the link. */
  accepts(ip = CALLER_IP): LinkId {
    const link = this.#nextAccepted;
    this.#nextAccepted += 2;
    this.give({ kind: "accepted", link, ip, port: 50000 });
    return link;
  }

  /** A conversation that somebody began, verified unless `found` is the server's other answer. */
  calledBy(name: string, found: "verified" | "not_active" = "verified", ip = CALLER_IP): LinkId {
    const link = this.accepts(ip);
    this.hears(link, `USER ${name}`);
    if (found === "verified") this.serverSays(`ADDR ${ip}:21500`);
    this.serverSays("LIST ");
    return link;
  }

  /** A conversation that we began. */
  calling(name: string, ip = CALLER_IP): LinkId {
    this.does({ kind: "chat", name }).serverSays(`ADDR ${ip}:21500`, "LIST ");
    const connect = this.#effects.findLast((effect) => effect.kind === "connect");
    this.give({ kind: "connected", link: connect!.link });
    return connect!.link;
  }

  /** Time passes, with every wake that the peer asks for. */
  passes(milliseconds: number): this {
    const until = this.now + milliseconds;
    for (let wakes = 0; (this.peer.wakeAt() ?? Infinity) <= until; wakes += 1) {
      if (wakes > 10_000) throw new Error("the peer asks to be woken for ever");
      this.now = Math.max(this.now, this.peer.wakeAt()!);
      this.give({ kind: "wake" });
    }
    this.now = until;
    return this;
  }

  /** What the links were told since the last time. */
  effects(): LinkEffect[] {
    return this.#effects.splice(0);
  }

  /** The lines that were sent on a link since the last time that effects were taken. */
  sent(link: LinkId): string[] {
    return this.#effects.flatMap((effect) =>
      effect.kind === "send" && effect.link === link ? [effect.line] : []
    );
  }

  /** What else was done with a link: `connect`, `close`, `abort`. */
  done(link: LinkId): string[] {
    return this.#effects.flatMap((effect) =>
      effect.kind !== "send" && effect.link === link ? [effect.kind] : []
    );
  }

  /** What the person was told since the last time. */
  statuses(): ChatStatus[] {
    return this.#statuses.splice(0);
  }
}
