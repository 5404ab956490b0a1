import assert from "node:assert/strict";
import type { IpPort } from "../../../lib/base/address.ts";
import type { LinkInput } from "../../../lib/base/link.ts";
import type { Machine, Wake } from "../../../lib/base/machine.ts";
import { seededRandom } from "../../../lib/base/random.ts";
import { SECOND } from "../../../lib/base/units.ts";
import { CallDesk } from "../../../lib/directory/call_desk.ts";
import type { DeskEffect, DeskReport } from "../../../lib/directory/desk.ts";
import { MemoryStore } from "../../../lib/directory/memory_store.ts";
import { RegistryDesk } from "../../../lib/directory/registry_desk.ts";
import { parseCallMessage } from "../../../lib/protocol/call.ts";
import { datagramKind } from "../../../lib/wire/datagram_kind.ts";
import { type DatagramPlan, USUAL_DATAGRAMS } from "../../sim/datagram_path.ts";
import { Datagrams } from "../../sim/datagrams.ts";
import type { Host } from "../../sim/host.ts";
import { Network } from "../../sim/network.ts";
import { SimCallPeer } from "./sim_call_peer.ts";

/** Where the registry is. */
export const REGISTRY: IpPort = { ip: "10.0.0.1", port: 5000 };

/** One datagram on its way: what it is, for who loses some on purpose. */
export interface Sent {
  readonly from: IpPort;
  readonly to: IpPort;
  /** The type of a signalling message, or `rtp`. */
  readonly what: string;
  /** Which datagram of all, from 0. */
  readonly number: number;
}

/** How a world behaves. */
export interface CallWorldPlan {
  readonly seed?: number;
  readonly path?: Partial<DatagramPlan>;
  /** Loses a datagram where it says so. */
  readonly loses?: (sent: Sent) => boolean;
}

/** A registry and its peers in virtual time, with sockets for datagrams. */
export class CallWorld {
  readonly network: Network;
  readonly datagrams: Datagrams;
  /** Every datagram that was sent, in order. */
  readonly sent: Sent[] = [];
  /** Loses a datagram where it says so; may be changed on the way. */
  loses: (sent: Sent) => boolean;
  #registry: Host<never, DeskReport>;
  #addresses = 2;

  constructor({ seed = 1, path = {}, loses = () => false }: CallWorldPlan = {}) {
    this.network = new Network({ seed });
    const random = seededRandom(seed ^ 0xca11);
    const plan = { ...USUAL_DATAGRAMS, ...path };
    this.datagrams = new Datagrams(this.network.timeline, random, () => plan);
    this.loses = loses;
    this.#registry = this.#startRegistry();
  }

  get now(): number {
    return this.network.timeline.now;
  }

  /** Starts a peer at an address of its own. */
  add(name: string): SimCallPeer {
    const ip = `10.0.0.${this.#addresses++}`;
    return new SimCallPeer(this, { ip, port: 6000 }, name);
  }

  /** Starts peers and waits until all are registered. */
  registered<const Names extends readonly string[]>(
    ...names: Names
  ): { -readonly [Index in keyof Names]: SimCallPeer } {
    const peers = names.map((name) => this.add(name));
    this.until(() => peers.every(({ machine }) => machine.registry === "registered"));
    return peers as { -readonly [Index in keyof Names]: SimCallPeer };
  }

  /** Sends a datagram, or loses it. */
  send(from: IpPort, to: IpPort, bytes: Uint8Array): void {
    const media = datagramKind(bytes) === "media";
    const what = media ? "rtp" : parseCallMessage(bytes).kind;
    const sent: Sent = { from, to, what, number: this.sent.length };
    this.sent.push(sent);
    if (!this.loses(sent)) this.datagrams.send(from, to, bytes);
  }

  /** Lets time pass. */
  run(milliseconds: number): void {
    this.network.timeline.run(milliseconds);
  }

  /** Lets time pass until something holds; it has to within `most` milliseconds. */
  until(condition: () => boolean, most = 60 * SECOND): void {
    assert.ok(this.network.timeline.runUntilTrue(condition, most), "it never came to hold");
  }

  /** Ends the registry's process, or starts it anew with an empty table. */
  stopRegistry(): void {
    this.#registry.stop("killed");
  }

  restartRegistry(): void {
    this.#registry = this.#startRegistry();
  }

  #startRegistry(): Host<never, DeskReport> {
    const desk = new RegistryDesk([new CallDesk(new MemoryStore(), "sim")]);
    const machine: Machine<LinkInput | Wake, DeskEffect> = {
      handle(input, now) {
        const effects = desk.handle(input, now);
        assert.ok(!(effects instanceof Promise), "a store in memory answers at once");
        return effects;
      },
      wakeAt: () => desk.wakeAt(),
    };
    return this.network.start<never, DeskReport>({ ...REGISTRY, machine });
  }
}
