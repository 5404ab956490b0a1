import { LIMITS } from "../../lib/base/limits.ts";
import type { LinkEffect } from "../../lib/base/link.ts";
import { type Random, seededRandom } from "../../lib/base/random.ts";
import type { ListedPeer, RendezvousRequest } from "../../lib/overlay/contract.ts";
import type { Host } from "./host.ts";
import { Network, type NetworkPlan } from "./network.ts";
import { OverlayPeer, type OverlayPeerPlan } from "./overlay_peer.ts";
import { Rendezvous } from "./rendezvous.ts";
import type { Script, ScriptInput } from "./script.ts";

/** Time that a question to the meeting point and its answer take. */
const RENDEZVOUS_TRIP = 60;

/** A network of overlay peers with a meeting point. */
export class OverlayWorld {
  readonly network: Network;
  readonly rendezvous: Rendezvous;
  /** Whether the meeting point answers. */
  rendezvousUp = true;
  readonly #peers = new Map<string, OverlayPeer>();
  readonly #random: Random;
  #addresses = 0;

  constructor(plan: NetworkPlan) {
    this.network = new Network(plan);
    this.rendezvous = new Rendezvous(this.network.timeline);
    this.#random = seededRandom(plan.seed ^ 0x5eed);
  }

  /** Virtual time in milliseconds. */
  get now(): number {
    return this.network.timeline.now;
  }

  /** The peers that run, by id. */
  get peers(): ReadonlyMap<string, OverlayPeer> {
    return this.#peers;
  }

  /** Chance for what scenarios choose, from the seed of the network. */
  get random(): Random {
    return this.#random;
  }

  /** Starts a peer at an address of its own. */
  add(plan: OverlayPeerPlan): OverlayPeer {
    const random = seededRandom(Math.floor(this.#random() * 0x1_0000_0000));
    const peer = new OverlayPeer(this, this.#nextIp(), random, plan);
    this.#peers.set(peer.id, peer);
    peer.host.feed({ kind: "start" });
    return peer;
  }

  /** Starts peers that connect to nobody by themselves, as {@link join} wants them. */
  addUnconnected<const Names extends readonly string[]>(
    ...names: Names
  ): { -readonly [Index in keyof Names]: OverlayPeer } {
    const peers = names.map((name) => this.add({ name, outbound: 0 }));
    return peers as { -readonly [Index in keyof Names]: OverlayPeer };
  }

  /** Starts somebody who keeps to no protocol. */
  addScript(script: Script): Host<ScriptInput, LinkEffect> {
    return this.network.start({ ip: this.#nextIp(), port: 4000, machine: script });
  }

  /** Connects two peers, the first to the second, and waits until they are neighbours. */
  join(one: OverlayPeer, two: OverlayPeer): void {
    // Who has just been added is not registered yet and could not be found.
    this.network.timeline.run(2 * RENDEZVOUS_TRIP);
    one.command({ kind: "connect", tag: one.nextTag(), peer: two.id });
    const joined = () => one.neighbours.has(two.id) && two.neighbours.has(one.id);
    if (!this.network.timeline.runUntilTrue(joined, 2 * LIMITS.connect)) {
      throw new Error(`${one.id} and ${two.id} did not become neighbours`);
    }
  }

  /** Connects each peer to the next. */
  chain(peers: readonly OverlayPeer[]): void {
    for (let at = 1; at < peers.length; at += 1) this.join(peers[at - 1]!, peers[at]!);
  }

  /** The neighbours of a peer that know it as theirs too: links that carry messages both ways. */
  *neighboursOf(peer: OverlayPeer): Generator<OverlayPeer, void, undefined> {
    for (const id of peer.neighbours) {
      const other = this.#peers.get(id);
      if (other !== undefined && other.neighbours.has(peer.id)) yield other;
    }
  }

  /** For a peer: its process has ended. */
  removed(peer: OverlayPeer): void {
    if (this.#peers.get(peer.id) === peer) this.#peers.delete(peer.id);
  }

  /** For a peer: asks the meeting point; the answer comes a little later. */
  ask(peer: OverlayPeer, request: RendezvousRequest): void {
    this.network.timeline.after(RENDEZVOUS_TRIP, () => {
      const outcome = this.rendezvousUp
        ? { ok: true as const, ...this.#answer(peer, request) }
        : { ok: false as const, fault: "unreachable" as const, reason: "refused" };
      peer.host.feed({ kind: "rendezvous_answer", request, outcome });
    });
  }

  #answer(
    peer: OverlayPeer,
    request: RendezvousRequest,
  ): { ttl?: number; peers?: readonly ListedPeer[] } {
    switch (request.kind) {
      case "register":
        this.rendezvous.register({ ...request, ip: peer.host.ip });
        return { ttl: request.ttl };
      case "discover":
        if (request.purpose === "neighbours" && peer.plan.finds !== undefined) {
          return { peers: [...peer.plan.finds(), peer.listed] };
        }
        return { peers: this.rendezvous.discover(request.namespace) };
      case "unregister":
        this.rendezvous.unregister(request.namespace, request.name);
        return {};
    }
  }

  #nextIp(): string {
    const number = ++this.#addresses;
    return `10.${number >> 16 & 255}.${number >> 8 & 255}.${number & 255}`;
  }
}
