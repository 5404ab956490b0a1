import { RemoteProtocolError } from "../base/errors.ts";
import type { CloseReason, LinkId } from "../base/link.ts";
import type { Machine } from "../base/machine.ts";
import { formatMessage, type OverlayLine, parseLine, type PeerId } from "../protocol/overlay.ts";
import { decodeForPeople } from "../wire/text.ts";
import { Commands } from "./commands.ts";
import type { OverlayConfig, OverlayEffect, OverlayInput } from "./contract.ts";
import { type Core, createCore } from "./core.ts";
import type { CounterValues } from "./counters.ts";
import { Delivery } from "./delivery.ts";
import { Dispatch } from "./dispatch.ts";
import { Farewell } from "./farewell.ts";
import { Handshake } from "./handshake.ts";
import { Keepalive } from "./keepalive.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import { errorMessage } from "./links.ts";
import { Membership } from "./membership.ts";
import { MetricsExchange } from "./metrics.ts";
import type { Neighbour } from "./neighbour.ts";
import { NeighbourSelection } from "./neighbour_selection.ts";
import { peerRows } from "./peer_rows.ts";
import { Publication } from "./publication.ts";
import { Relay } from "./relay.ts";
import type { DownReason } from "./reports.ts";
import { RouteDiscovery } from "./route_discovery.ts";
import { Router } from "./router.ts";

/**
 * One peer of the overlay (`protocols/overlay.md`): the parts of this folder, joined. Links, time,
 * chance and the rendezvous are outside; see `contract.ts` for what goes in and out.
 */
export class OverlayNode implements Machine<OverlayInput, OverlayEffect> {
  readonly #core: Core;
  readonly #inbound: number;
  readonly #handshake: Handshake;
  readonly #farewell: Farewell;
  readonly #keepalive: Keepalive;
  readonly #router: Router;
  readonly #discovery: RouteDiscovery;
  readonly #delivery: Delivery;
  readonly #relay: Relay;
  readonly #selection: NeighbourSelection;
  readonly #membership: Membership;
  readonly #commands: Commands;
  readonly #dispatch: Dispatch;

  constructor(config: OverlayConfig) {
    const core = createCore(config);
    this.#core = core;
    this.#inbound = config.inbound ?? OVERLAY_LIMITS.inbound;
    this.#farewell = new Farewell(core, (neighbour, now) => {
      this.#down(neighbour, "bye_received", now);
    });
    this.#handshake = new Handshake(core, this.#farewell, {
      greeted: (neighbour, replaces, now) => this.#greeted(neighbour, replaces, now),
      failed: (neighbour, fault, detail, now) => {
        this.#selection.failed(neighbour, fault, detail, now);
      },
    });
    this.#keepalive = new Keepalive(core, (neighbour, now) => {
      this.#down(neighbour, "silent", now);
    });
    this.#router = new Router(core);
    this.#discovery = new RouteDiscovery(core, this.#router);
    this.#delivery = new Delivery(core, this.#router, this.#discovery);
    this.#relay = new Relay(core, this.#router, this.#discovery);
    const publication = new Publication(core);
    const metrics = new MetricsExchange(core, this.#router);
    this.#selection = new NeighbourSelection(
      core,
      config.outbound ?? OVERLAY_LIMITS.outbound,
      () => this.#membership.discover(),
    );
    this.#membership = new Membership(core, config.port, config.leaseSeconds, {
      discovered: (peers, now) => this.#selection.discovered(peers, now),
      discoveryFailed: (reason) => this.#selection.discoveryFailed(reason),
      listed: ({ purpose, namespace }, listed, fault, now) => {
        if (purpose === "neighbours") return;
        const peers = peerRows(core, listed ?? [], namespace, now);
        core.outbox.report({ kind: "peers", tag: purpose.tag, peers, fault });
      },
    });
    this.#commands = new Commands(core, {
      delivery: this.#delivery,
      publication,
      selection: this.#selection,
      membership: this.#membership,
      keepalive: this.#keepalive,
      metrics,
      farewell: this.#farewell,
      router: this.#router,
      down: (neighbour, reason, now) => this.#down(neighbour, reason, now),
    });
    this.#dispatch = new Dispatch(core, {
      delivery: this.#delivery,
      relay: this.#relay,
      publication,
      discovery: this.#discovery,
      keepalive: this.#keepalive,
      metrics,
      farewell: this.#farewell,
    });
  }

  /** Who this node is. */
  get self(): PeerId {
    return this.#core.self;
  }

  /** What was counted so far. */
  get counters(): Readonly<CounterValues> {
    return this.#core.counters;
  }

  wakeAt(): number | null {
    return this.#core.deadlines.next();
  }

  handle(input: OverlayInput, now: number): readonly OverlayEffect[] {
    this.#core.deadlines.runDue(now);
    switch (input.kind) {
      case "wake":
        break;
      case "line":
        this.#line(input.link, input.bytes, now);
        break;
      case "written":
        this.#written(input.link, input.lines, now);
        break;
      case "line_too_long":
        this.#lineTooLong(input.link, input.limit, now);
        break;
      case "accepted":
        this.#accepted(input.link, input.ip, now);
        break;
      case "connected":
        this.#connected(input.link, now);
        break;
      case "unreachable":
        this.#gone(input.link, "unreachable", input.reason, now);
        break;
      case "closed":
        this.#gone(input.link, "closed", input.reason, now);
        break;
      case "start":
        this.#membership.start();
        break;
      case "look_again":
        this.#membership.discover();
        break;
      case "moved":
        this.#membership.start();
        break;
      case "rendezvous_answer":
        this.#membership.answered(input.request, input.outcome, now);
        break;
      case "discovered":
        this.#selection.discovered(input.peers, now);
        break;
      case "command":
        this.#commands.run(input.command, now);
        break;
    }
    this.#commands.finishIfDone();
    return this.#core.outbox.take();
  }

  #accepted(link: LinkId, ip: string, now: number): void {
    const { links, outbox, counters, newId } = this.#core;
    if (this.#commands.quitting || links.count(false) >= this.#inbound) {
      counters.refusedConnections += 1;
      const fields = { code: "busy", ref: "", detail: "no more neighbours", limit: undefined };
      const line = formatMessage(errorMessage(newId(), fields));
      outbox.emit({ kind: "send", link, line });
      outbox.emit({ kind: "close", link });
      return;
    }
    this.#handshake.begin(links.accept(link, ip), now);
  }

  #connected(link: LinkId, now: number): void {
    const neighbour = this.#core.links.get(link);
    if (neighbour?.state === "dialling") this.#handshake.begin(neighbour, now);
  }

  #written(link: LinkId, lines: number, now: number): void {
    const neighbour = this.#core.links.get(link);
    if (neighbour === undefined) return;
    neighbour.queue.written(lines);
    if (neighbour.queue.length > 0) this.#core.links.drain(neighbour, now);
  }

  #gone(link: LinkId, event: "unreachable" | "closed", reason: string, now: number): void {
    const neighbour = this.#core.links.get(link);
    if (neighbour === undefined) return;
    const { state } = neighbour;
    if (event === "unreachable" && state !== "dialling") return;
    const used = this.#core.links.forget(neighbour, event);
    if (used) this.#down(neighbour, reason as CloseReason, now);
    else if (state === "dialling" || state === "handshake") {
      this.#selection.failed(neighbour, event, reason, now);
    }
  }

  #greeted(neighbour: Neighbour, replaces: boolean, now: number): void {
    if (neighbour.state === "up") this.#keepalive.start(neighbour, now);
    this.#selection.up(neighbour);
    if (replaces) return;
    const { peer, outbound, features } = neighbour;
    this.#core.outbox.report({ kind: "neighbour_up", peer, outbound, features });
    this.#discovery.neighbourUp(neighbour, now);
  }

  #down(neighbour: Neighbour, reason: DownReason, now: number): void {
    const { peer } = neighbour;
    this.#core.outbox.report({ kind: "neighbour_down", peer, reason });
    // Nobody wants to know at the end that the ways through those who were left are gone.
    if (!this.#commands.quitting) this.#router.lost(peer, now);
    this.#relay.neighbourDown(peer, now);
    this.#delivery.neighbourDown(peer, now);
    this.#selection.down(neighbour, reason, now);
  }

  #lineTooLong(link: LinkId, limit: number, now: number): void {
    const neighbour = this.#core.links.get(link);
    if (neighbour === undefined) return;
    const { counters, links, newId } = this.#core;
    counters.lineTooLong += 1;
    if (neighbour.state === "handshake") return this.#handshake.line(neighbour, null, now);
    if (neighbour.quota.admit(now) !== "admit") return;
    const fields = { code: "line_too_long", ref: "", detail: "", limit };
    links.answer(neighbour, errorMessage(newId(), fields), now);
  }

  #line(link: LinkId, bytes: Uint8Array, now: number): void {
    const neighbour = this.#core.links.get(link);
    if (neighbour === undefined || neighbour.state === "dialling") return;
    const { counters, links } = this.#core;
    neighbour.lastSeen = now;
    neighbour.received += 1;
    counters.received += 1;
    const verdict = neighbour.quota.admit(now);
    if (verdict === "drop") {
      counters.overQuota += 1;
      return;
    }
    this.#watch(neighbour, bytes);
    const line = readLine(bytes);
    if (verdict === "notice") {
      counters.overQuota += 1;
      if (line?.message.type === "ERROR") return;
      return links.error(neighbour, "over_quota", idOf(line), "slow down", now);
    }
    if (neighbour.state === "handshake") return this.#handshake.line(neighbour, line, now);
    if (line === null) {
      counters.badFormat += 1;
      return links.error(neighbour, "bad_format", "", "not a message", now);
    }
    this.#dispatch.message(neighbour, line, now);
  }

  #watch({ peer }: Neighbour, bytes: Uint8Array): void {
    const { outbox } = this.#core;
    if (!outbox.watching) return;
    outbox.report({ kind: "watched", direction: "in", peer, line: decodeForPeople(bytes) });
  }
}

function readLine(bytes: Uint8Array): OverlayLine | null {
  try {
    return parseLine(bytes);
  } catch (error) {
    if (error instanceof RemoteProtocolError) return null;
    throw error;
  }
}

function idOf(line: OverlayLine | null): string {
  return line !== null && "msg_id" in line.message ? line.message.msg_id : "";
}
