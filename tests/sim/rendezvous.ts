import { SECOND } from "../../lib/base/units.ts";
import type { ListedPeer } from "../../lib/protocol/rendezvous.ts";
import type { Timeline } from "./timeline.ts";

/** What a peer says of itself when it registers; `ttl` in seconds. */
export interface Registration {
  readonly namespace: string;
  readonly name: string;
  readonly ip: string;
  readonly port: number;
  readonly ttl: number;
}

/** The meeting point in virtual time, as plain calls: who is registered, until the lease ends. */
export class Rendezvous {
  readonly #leases = new Map<string, Registration & { readonly end: number }>();

  constructor(readonly timeline: Timeline) {}

  /** Enters or renews. */
  register(peer: Registration): void {
    const end = this.timeline.now + peer.ttl * SECOND;
    this.#leases.set(`${peer.name}@${peer.namespace}`, { ...peer, end });
  }

  unregister(namespace: string, name: string): void {
    this.#leases.delete(`${name}@${namespace}`);
  }

  /** Who is registered in a namespace, or anywhere where none is named, in order of entry. */
  discover(namespace?: string): readonly ListedPeer[] {
    const peers: ListedPeer[] = [];
    for (const [key, { end, ...peer }] of this.#leases) {
      const left = end - this.timeline.now;
      if (left <= 0) this.#leases.delete(key);
      else if (namespace === undefined || namespace === peer.namespace) {
        peers.push({
          ...peer,
          expires_in: Math.ceil(left / SECOND),
          observed_ip: peer.ip,
          observed_port: peer.port,
        });
      }
    }
    return peers;
  }
}
