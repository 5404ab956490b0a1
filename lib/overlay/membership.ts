import { Backoff } from "../base/backoff.ts";
import { LIMITS } from "../base/limits.ts";
import { SECOND } from "../base/units.ts";
import { splitPeerId } from "../protocol/overlay.ts";
import type { ListedPeer, RendezvousOutcome, RendezvousRequest } from "./contract.ts";
import type { Core } from "./core.ts";
import type { Deadline } from "./deadlines.ts";
import { OVERLAY_LIMITS } from "./limits.ts";

/** What the rest of the node does with what the rendezvous says. */
export interface MembershipEvents {
  /** Who is registered, for choosing neighbours. */
  discovered(peers: readonly ListedPeer[], now: number): void;
  /** That could not be asked. */
  discoveryFailed(reason: string, now: number): void;
  /** The answer to a person's question; null with the fault where it could not be asked. */
  listed(
    request: RendezvousRequest & { readonly kind: "discover" },
    peers: readonly ListedPeer[] | null,
    fault: string | null,
    now: number,
  ): void;
}

/**
 * When the rendezvous is asked: REGISTER at the start, at half the lease and whenever the
 * rendezvous was away or does not list this peer; DISCOVER every 30 s and on demand; UNREGISTER at
 * the end (`protocols/overlay.md`, neighbours). A rendezvous that is not there is said once.
 */
export class Membership {
  readonly #name: string;
  readonly #namespace: string;
  readonly #registerBackoff: Backoff;
  readonly #discoverBackoff: Backoff;
  #renewal: Deadline | null = null;
  #nextDiscovery: Deadline | null = null;
  #registering = false;
  #discovering = false;
  #registered = false;
  #refused = false;
  #lost = false;
  #leaving = false;
  #left = false;

  /**
   * @param port where others connect to; null for a peer that is not registered
   * @param leaseSeconds the lease that is asked for
   */
  constructor(
    readonly core: Core,
    readonly port: number | null,
    readonly leaseSeconds: number | undefined,
    readonly events: MembershipEvents,
  ) {
    const { name, namespace } = splitPeerId(core.self);
    this.#name = name;
    this.#namespace = namespace;
    this.#registerBackoff = new Backoff(OVERLAY_LIMITS.rendezvousRetry, core.random);
    this.#discoverBackoff = new Backoff(OVERLAY_LIMITS.rendezvousRetry, core.random);
  }

  /** Whether everything that has to be said at the end was. */
  get left(): boolean {
    return this.#left;
  }

  /** Registers, and looks who else is there. Also from another address than before. */
  start(): void {
    this.#register();
    this.discover();
  }

  /** Asks for everyone, for choosing neighbours, unless that is being asked already. */
  discover(): void {
    if (this.#discovering || this.#leaving) return;
    this.#discovering = true;
    this.#cancelDiscovery();
    this.#ask({ kind: "discover", namespace: undefined, purpose: "neighbours" });
  }

  /** Asks because a person did. */
  list(tag: number, namespace: string | undefined): void {
    this.#ask({ kind: "discover", namespace, purpose: { tag } });
  }

  /** Says goodbye. */
  leave(): void {
    this.#leaving = true;
    this.core.deadlines.cancel(this.#renewal);
    this.#cancelDiscovery();
    if (this.port === null || !this.#registered) {
      this.#left = true;
      return;
    }
    const { port } = this;
    this.#ask({ kind: "unregister", namespace: this.#namespace, name: this.#name, port });
  }

  /** An answer, or that there is none. */
  answered(request: RendezvousRequest, outcome: RendezvousOutcome, now: number): void {
    switch (request.kind) {
      case "register":
        return this.#registerAnswered(request.ttl, outcome, now);
      case "discover":
        if (request.purpose === "neighbours") return this.#discoverAnswered(outcome, now);
        if (outcome.ok) return this.events.listed(request, outcome.peers ?? [], null, now);
        return this.events.listed(request, null, outcome.reason, now);
      case "unregister":
        this.#left = true;
        return;
    }
  }

  #registerAnswered(asked: number, outcome: RendezvousOutcome, now: number): void {
    this.#registering = false;
    if (this.#leaving) return;
    if (!outcome.ok) {
      if (outcome.fault === "refused") this.#noteRefused(outcome.reason);
      else this.#noteLost(outcome.reason);
      return this.#renewAt(now + this.#registerBackoff.next());
    }
    const granted = Math.max(1, Math.min(outcome.ttl ?? asked, LIMITS.longestLease / SECOND));
    this.#registered = true;
    this.#refused = false;
    this.#registerBackoff.reset();
    this.#noteBack();
    this.core.outbox.report({ kind: "registered", seconds: granted });
    this.#renewAt(now + granted * SECOND / 2);
  }

  #discoverAnswered(outcome: RendezvousOutcome, now: number): void {
    this.#discovering = false;
    if (this.#leaving) return;
    if (!outcome.ok) {
      this.#noteLost(outcome.reason);
      this.#discoverAt(now + this.#discoverBackoff.next());
      return this.events.discoveryFailed(outcome.reason, now);
    }
    const peers = outcome.peers ?? [];
    const wasLost = this.#lost;
    this.#discoverBackoff.reset();
    this.#noteBack();
    this.#discoverAt(now + OVERLAY_LIMITS.discover);
    // A rendezvous that restarted has forgotten everyone.
    if (wasLost || (this.#registered && !this.#lists(peers))) this.#register();
    this.events.discovered(peers, now);
  }

  #lists(peers: readonly ListedPeer[]): boolean {
    return peers.some((peer) => peer.name === this.#name && peer.namespace === this.#namespace);
  }

  #register(): void {
    if (this.port === null || this.#registering || this.#leaving) return;
    this.#registering = true;
    const ttl = this.leaseSeconds ?? LIMITS.rendezvousTtlSeconds.default;
    const { port } = this;
    this.#ask({ kind: "register", namespace: this.#namespace, name: this.#name, port, ttl });
  }

  #renewAt(at: number): void {
    this.core.deadlines.cancel(this.#renewal);
    this.#renewal = this.core.deadlines.set(at, () => this.#register());
  }

  #discoverAt(at: number): void {
    this.#cancelDiscovery();
    this.#nextDiscovery = this.core.deadlines.set(at, () => this.discover());
  }

  #cancelDiscovery(): void {
    this.core.deadlines.cancel(this.#nextDiscovery);
    this.#nextDiscovery = null;
  }

  #noteLost(reason: string): void {
    if (this.#lost) return;
    this.#lost = true;
    this.core.outbox.report({ kind: "rendezvous_lost", reason });
  }

  #noteRefused(reason: string): void {
    if (this.#refused) return;
    this.#refused = true;
    this.core.outbox.report({ kind: "registration_refused", reason });
  }

  #noteBack(): void {
    if (!this.#lost) return;
    this.#lost = false;
    this.core.outbox.report({ kind: "rendezvous_back" });
  }

  #ask(request: RendezvousRequest): void {
    this.core.outbox.emit({ kind: "rendezvous", request });
  }
}
