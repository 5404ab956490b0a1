import type { ListedPeer } from "../../../lib/overlay/contract.ts";
import { ORIGIN_TTL } from "../../../lib/protocol/overlay.ts";
import type { AnyHost } from "../host.ts";
import type { OverlayPeer } from "../overlay_peer.ts";
import { OverlayWorld } from "../overlay_world.ts";
import { textOf } from "../script.ts";
import { Sample } from "../statistics.ts";
import { distances, randomNeighbours } from "../topology.ts";

/** What a message to everyone did. */
export interface Broadcast {
  /** Peers connected with the sender by some path, without it. */
  readonly connected: number;
  /** Peers that were shown it, and how often in all. */
  readonly reached: number;
  readonly shown: number;
  /** Links between the sender's connected peers. */
  readonly links: number;
  /** Lines in which it came to somebody who had it. */
  readonly duplicates: number;
  /** Links that it went over to those who were reached first by it. */
  readonly hops: Sample;
  /** Milliseconds of virtual time until a peer was reached. */
  readonly delay: Sample;
}

/** `count` peers, each connected to `degree` others at random; none looks for more. */
export class BroadcastWorld {
  readonly world: OverlayWorld;
  readonly peers: readonly OverlayPeer[];
  #watched: ((to: AnyHost, text: string) => void) | null = null;

  constructor(count: number, degree: number, seed: number) {
    const tap = (_: AnyHost, to: AnyHost, line: Uint8Array) => this.#tapped(to, line);
    this.world = new OverlayWorld({ seed, tap });
    const lists = Array.from({ length: count }, (): ListedPeer[] => []);
    this.peers = lists.map((list, index) =>
      this.world.add({ name: `p${index}`, outbound: degree, finds: () => list })
    );
    for (const [one, two] of randomNeighbours(count, degree, this.world.random)) {
      lists[one]!.push(this.peers[two]!.listed);
    }
  }

  /** Lets the peers connect until each link stands, at most `most` milliseconds. */
  connect(most: number): boolean {
    const wanted = this.peers.map(({ plan }) => plan.finds!());
    const done = () =>
      wanted.every((list, index) =>
        list.every(({ name, namespace }) =>
          this.peers[index]!.neighbours.has(`${name}@${namespace}`)
        )
      );
    const end = this.world.now + most;
    while (!done() && this.world.now < end) this.world.network.timeline.run(1000);
    return done();
  }

  /** Lets a peer send to everyone and everything settle. */
  broadcast(sender: OverlayPeer, text: string): Broadcast {
    const { world } = this;
    const reachable = distances(sender, (peer) => world.neighboursOf(peer));
    const links = [...reachable.keys()]
      .reduce((sum, peer) => sum + [...world.neighboursOf(peer)].length, 0) / 2;
    const begin = world.now;
    const [hops, delay, first] = [new Sample(), new Sample(), new Set<AnyHost>([sender.host])];
    let duplicates = 0;
    this.#watched = (to, line) => {
      if (!line.includes(text)) return;
      if (first.has(to)) {
        duplicates += 1;
        return;
      }
      first.add(to);
      hops.add(ORIGIN_TTL + 1 - Number(/"ttl":([0-9]+)\}$/.exec(line)![1]));
      delay.add(world.now - begin);
    };
    sender.send("*", text);
    world.network.timeline.run(10_000);
    this.#watched = null;
    const counts = this.peers.map((peer) => peer.texts.filter((shown) => shown === text).length);
    return {
      connected: reachable.size - 1,
      reached: counts.filter((count) => count > 0).length,
      shown: counts.reduce((sum, count) => sum + count, 0),
      links,
      duplicates,
      hops,
      delay,
    };
  }

  #tapped(to: AnyHost, line: Uint8Array): void {
    // `{"type":"PU`: the cheap test spares decoding every other line.
    if (this.#watched !== null && line[9] === 0x50 && line[10] === 0x55) {
      this.#watched(to, textOf(line));
    }
  }
}

/** A broadcast in words. */
export function describeBroadcast(result: Broadcast): string {
  const { connected, reached, links, duplicates, hops, delay } = result;
  return [
    `reached ${reached} of ${connected} connected peers over ${links} links`,
    `hops: ${hops.describe(2)}`,
    `milliseconds: ${delay.describe(0)}`,
    `duplicates: ${duplicates}, per link ${(duplicates / links).toFixed(2)}`,
  ].join("\n  ");
}
