import { parsePeerId, parsePubTarget, type PeerId } from "../protocol/overlay.ts";
import type { OverlayCommand } from "./contract.ts";
import type { Core } from "./core.ts";
import type { Delivery } from "./delivery.ts";
import type { Farewell } from "./farewell.ts";
import type { Keepalive } from "./keepalive.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import type { Membership } from "./membership.ts";
import type { MetricsExchange } from "./metrics.ts";
import { peerRows } from "./peer_rows.ts";
import type { Neighbour } from "./neighbour.ts";
import type { NeighbourSelection } from "./neighbour_selection.ts";
import type { Publication } from "./publication.ts";
import type { DownReason } from "./reports.ts";
import type { Router } from "./router.ts";

/** The parts that carry out commands. */
export interface CommandParts {
  readonly delivery: Delivery;
  readonly publication: Publication;
  readonly selection: NeighbourSelection;
  readonly membership: Membership;
  readonly keepalive: Keepalive;
  readonly metrics: MetricsExchange;
  readonly farewell: Farewell;
  readonly router: Router;
  /** A neighbour is none any more. */
  down(neighbour: Neighbour, reason: DownReason, now: number): void;
}

type CommandOf<Kind extends OverlayCommand["kind"]> = OverlayCommand & { readonly kind: Kind };
type Handlers = {
  readonly [Kind in OverlayCommand["kind"]]: (command: CommandOf<Kind>, now: number) => void;
};

/** What a person asks, as a table from commands to the parts that do it. */
export class Commands {
  #quitTag: number | null = null;
  #finished = false;

  constructor(readonly core: Core, readonly parts: CommandParts) {}

  /** Whether the end was asked for. */
  get quitting(): boolean {
    return this.#quitTag !== null;
  }

  /** Carries out a command; answered by at least one report, now or later. */
  run(command: OverlayCommand, now: number): void {
    const handler = this.#handlers[command.kind] as (command: OverlayCommand, now: number) => void;
    handler(command, now);
  }

  /** Reports the end once everyone said goodbye. */
  finishIfDone(): void {
    if (this.#quitTag === null || this.#finished) return;
    for (const _ of this.core.links.all()) return;
    if (this.parts.membership.left) this.#finish();
  }

  readonly #handlers: Handlers = {
    send: ({ tag, to, text }, now) => {
      const target = parsePubTarget(to);
      const peer = target === null ? parsePeerId(to) : null;
      if (this.quitting) this.#refuseSend(tag, to, "quitting");
      else if (target !== null) this.parts.publication.send(tag, target, text, now);
      else if (peer !== null) this.parts.delivery.send(tag, peer, text, now);
      else this.#refuseSend(tag, to, "bad_target");
    },
    connect: ({ tag, peer }) => {
      const id = parsePeerId(peer);
      if (id !== null && !this.quitting) return this.parts.selection.connect(tag, id);
      const fault = "unknown_peer";
      this.core.outbox.report({ kind: "connect_failed", tag, peer, fault, detail: "" });
    },
    disconnect: ({ tag, peer }, now) => {
      const neighbour = this.#neighbour(tag, peer);
      if (neighbour === null) return;
      this.parts.selection.disconnected(neighbour.peer);
      this.parts.farewell.leave(neighbour, "disconnect", now);
      this.parts.down(neighbour, "disconnected", now);
      this.core.outbox.report({ kind: "disconnected", tag, peer: neighbour.peer });
    },
    ping: ({ tag, peer }, now) => {
      const neighbour = this.#neighbour(tag, peer);
      if (neighbour === null) return;
      const unanswered = (fault: "no_answer" | "busy") =>
        this.core.outbox.report({ kind: "unanswered", tag, peer: neighbour.peer, fault });
      if (neighbour.pings.length >= OVERLAY_LIMITS.questions) return unanswered("busy");
      this.parts.keepalive.ask(neighbour, tag, now, () => unanswered("no_answer"));
    },
    metrics: ({ tag, peer }, now) => {
      const { counters, links, outbox, self } = this.core;
      const id = peer === undefined ? self : parsePeerId(peer);
      if (id === null) {
        return outbox.report({ kind: "unanswered", tag, peer: peer!, fault: "no_route" });
      }
      if (id !== self) return this.parts.metrics.ask(tag, id, now);
      outbox.report({
        kind: "own_metrics",
        tag,
        counters: { ...counters },
        neighbours: links.neighbourCount,
        routes: this.parts.router.routes.size,
      });
    },
    routes: ({ tag }, now) => {
      const routes = this.parts.router.routes.rows(now, this.parts.router.rttOf);
      const neighbours = peerRows(this.core, [], undefined, now);
      this.core.outbox.report({ kind: "routes", tag, neighbours, routes });
    },
    peers: ({ tag, namespace }) => this.parts.membership.list(tag, namespace),
    watch: ({ tag, on }) => {
      this.core.outbox.watching = on;
      this.core.outbox.report({ kind: "watching", tag, on });
    },
    quit: ({ tag }, now) => {
      if (!this.quitting) this.#quit(tag, now);
    },
  };

  #quit(tag: number, now: number): void {
    const { links, deadlines } = this.core;
    this.#quitTag = tag;
    this.parts.selection.stop();
    this.parts.delivery.quit();
    for (const link of [...links.all()]) {
      if (link.state === "up") {
        this.parts.farewell.leave(link, "quit", now);
        this.parts.down(link, "quit", now);
      } else if (link.state !== "leaving") {
        links.end(link, "closed", "abort");
      }
    }
    this.parts.membership.leave();
    deadlines.set(now + OVERLAY_LIMITS.farewell, () => this.#finish());
  }

  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.core.outbox.report({ kind: "finished", tag: this.#quitTag! });
  }

  #neighbour(tag: number, peer: PeerId): Neighbour | null {
    const neighbour = this.core.links.to(parsePeerId(peer) ?? "");
    if (neighbour !== undefined) return neighbour;
    this.core.outbox.report({ kind: "unanswered", tag, peer, fault: "not_connected" });
    return null;
  }

  #refuseSend(tag: number, to: string, fault: "quitting" | "bad_target"): void {
    this.core.counters.notDelivered += 1;
    const outcome = { kind: "not_delivered", fault, detail: "" } as const;
    this.core.outbox.report({ kind: "fate", tag, id: "", to, outcome });
  }
}
