import { Backoff } from "../base/backoff.ts";
import { type PeerId, peerIdOf } from "../protocol/overlay.ts";
import type { ListedPeer } from "./contract.ts";
import type { Core } from "./core.ts";
import type { Deadline } from "./deadlines.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import type { Neighbour } from "./neighbour.ts";
import type { DialFault, DownReason } from "./reports.ts";

interface Redial {
  readonly backoff: Backoff;
  /** When the peer may be connected to again, in milliseconds. */
  notBefore: number;
}

/** A longer list is sampled, not gone through. */
const SHORT_LIST = 64;

/**
 * Whom to connect to: up to eight of the listed peers, chosen at random, and those that the person
 * asked for. A peer that could not be reached, or that went, is tried again after a back-off.
 */
export class NeighbourSelection {
  #listed: readonly ListedPeer[] = [];
  readonly #redials = new Map<PeerId, Redial>();
  /** Asked for by the person: connected again whenever they go. */
  readonly #wanted = new Set<PeerId>();
  /** Sent away by the person: not connected to by itself. */
  readonly #unwanted = new Set<PeerId>();
  /** Asked for and not listed: the tags of who waits for the list. */
  readonly #awaitingList = new Map<PeerId, number>();
  #refill: Deadline | null = null;
  #stopped = false;

  /** @param discover asks for the list of peers */
  constructor(readonly core: Core, readonly places: number, readonly discover: () => void) {}

  /** The peers that were found last. */
  get listed(): readonly ListedPeer[] {
    return this.#listed;
  }

  /** The list of peers came. */
  discovered(peers: readonly ListedPeer[], now: number): void {
    this.#listed = peers;
    for (const [peer, tag] of this.#awaitingList) {
      this.#awaitingList.delete(peer);
      const entry = this.#find(peer);
      if (entry !== undefined) this.#dial(entry, peer, tag);
      else this.#giveUp(peer, tag, "not registered");
    }
    this.fill(now);
  }

  /** The list could not be had. */
  discoveryFailed(reason: string): void {
    for (const [peer, tag] of this.#awaitingList) {
      this.#awaitingList.delete(peer);
      this.#giveUp(peer, tag, reason);
    }
  }

  /** A person asks for a connection. */
  connect(tag: number, peer: PeerId): void {
    const { self, links, outbox } = this.core;
    const failed = (fault: DialFault) =>
      outbox.report({ kind: "connect_failed", tag, peer, fault, detail: "" });
    if (peer === self) return failed("own_id");
    this.#unwanted.delete(peer);
    if (!this.#wanted.has(peer) && this.#wanted.size >= OVERLAY_LIMITS.wanted) {
      return failed("too_many");
    }
    this.#wanted.add(peer);
    if (links.to(peer) !== undefined) return outbox.report({ kind: "connected", tag, peer });
    const entry = this.#find(peer);
    if (entry !== undefined) return this.#dial(entry, peer, tag);
    const waiting = this.#awaitingList.get(peer);
    if (waiting !== undefined) this.#giveUp(peer, waiting, "asked again");
    this.#wanted.add(peer);
    this.#awaitingList.set(peer, tag);
    this.discover();
  }

  /** A person sends a neighbour away. */
  disconnected(peer: PeerId): void {
    this.#wanted.delete(peer);
    if (this.#unwanted.size < OVERLAY_LIMITS.wanted) this.#unwanted.add(peer);
  }

  /** A handshake is done. */
  up(neighbour: Neighbour): void {
    const { target, peer } = neighbour;
    if (target === null || target.tag === null) return;
    const { tag } = target;
    if (target.peer === peer) return this.core.outbox.report({ kind: "connected", tag, peer });
    this.#reportFailure(neighbour, "other_peer", peer);
  }

  /** A connection that we asked for did not come to be. */
  failed(neighbour: Neighbour, fault: DialFault, detail: string, now: number): void {
    if (neighbour.target === null) return;
    this.#delay(neighbour.target.peer, now, 0);
    this.#reportFailure(neighbour, fault, detail);
    this.fill(now);
  }

  /** A neighbour is gone. */
  down({ peer, outbound, since }: Neighbour, reason: DownReason, now: number): void {
    if (reason === "bye_received") this.#redial(peer).notBefore = now + OVERLAY_LIMITS.afterBye;
    else if (outbound) this.#delay(peer, now, now - since);
    this.fill(now);
  }

  /** Connects to as many as there are places for. */
  fill(now: number): void {
    if (this.#stopped) return;
    let free = this.places - this.core.links.count(true);
    for (const peer of this.#wanted) {
      if (free <= 0) break;
      const entry = this.#mayDial(peer, now) ? this.#find(peer) : undefined;
      if (entry === undefined) continue;
      this.#dial(entry, peer, null);
      free -= 1;
    }
    for (const [entry, peer] of free > 0 ? this.#pick(free, now) : []) {
      this.#dial(entry, peer, null);
      free -= 1;
    }
    this.#fillLater(free, now);
  }

  /** No more connections: the end is near. */
  stop(): void {
    this.#stopped = true;
    this.core.deadlines.cancel(this.#refill);
  }

  #pick(places: number, now: number): readonly (readonly [ListedPeer, PeerId])[] {
    const { random } = this.core;
    const picked = new Map<PeerId, ListedPeer>();
    const consider = (entry: ListedPeer) => {
      const peer = peerIdOf(entry.name, entry.namespace);
      if (!this.#unwanted.has(peer) && this.#mayDial(peer, now)) picked.set(peer, entry);
    };
    const { length } = this.#listed;
    if (length > SHORT_LIST) {
      const draws = places * OVERLAY_LIMITS.picksPerPlace;
      for (let draw = 0; draw < draws && picked.size < places; draw += 1) {
        consider(this.#listed[Math.floor(random() * length)]!);
      }
      return [...picked].map(([peer, entry]) => [entry, peer]);
    }
    for (const entry of this.#listed) consider(entry);
    const candidates = [...picked].map(([peer, entry]) => [entry, peer] as const);
    const chosen: (readonly [ListedPeer, PeerId])[] = [];
    while (chosen.length < places && candidates.length > 0) {
      chosen.push(candidates.splice(Math.floor(random() * candidates.length), 1)[0]!);
    }
    return chosen;
  }

  #mayDial(peer: PeerId, now: number): boolean {
    if (peer === this.core.self || this.core.links.to(peer) !== undefined) return false;
    if ((this.#redials.get(peer)?.notBefore ?? 0) > now) return false;
    for (const link of this.core.links.all()) {
      if (link.target?.peer === peer && link.state !== "leaving") return false;
    }
    return true;
  }

  #find(peer: PeerId): ListedPeer | undefined {
    return this.#listed.find(({ name, namespace }) => peerIdOf(name, namespace) === peer);
  }

  #dial({ ip, port }: ListedPeer, peer: PeerId, tag: number | null): void {
    this.core.links.dial(ip, port, { peer, tag });
  }

  #giveUp(peer: PeerId, tag: number, detail: string): void {
    this.#wanted.delete(peer);
    const fault = "unknown_peer";
    this.core.outbox.report({ kind: "connect_failed", tag, peer, fault, detail });
  }

  #reportFailure({ target }: Neighbour, fault: DialFault, detail: string): void {
    const { peer, tag } = target!;
    this.core.outbox.report({ kind: "connect_failed", tag, peer, fault, detail });
  }

  /** Keeps a peer from being connected to for a while; a link that lasted starts the delay over. */
  #delay(peer: PeerId, now: number, lasted: number): void {
    const redial = this.#redial(peer);
    if (lasted > OVERLAY_LIMITS.redial.most) redial.backoff.reset();
    redial.notBefore = now + redial.backoff.next();
  }

  /** What is remembered of connections to a peer; the oldest memory goes for it. */
  #redial(peer: PeerId): Redial {
    const { redial: plan, redials } = OVERLAY_LIMITS;
    const redial = this.#redials.get(peer) ??
      { backoff: new Backoff(plan, this.core.random), notBefore: 0 };
    this.#redials.delete(peer);
    this.#redials.set(peer, redial);
    if (this.#redials.size > redials) {
      const oldest = this.#redials.keys().next();
      if (!oldest.done) this.#redials.delete(oldest.value);
    }
    return redial;
  }

  /** Places are free: look again when the first of those that wait may be connected to. */
  #fillLater(free: number, now: number): void {
    this.core.deadlines.cancel(this.#refill);
    this.#refill = null;
    if (free <= 0) return;
    let earliest = Infinity;
    for (const { notBefore } of this.#redials.values()) {
      if (notBefore > now && notBefore < earliest) earliest = notBefore;
    }
    if (earliest === Infinity) return;
    this.#refill = this.core.deadlines.set(earliest, (then) => this.fill(then));
  }
}
