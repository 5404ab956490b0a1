import type { PeerId } from "../protocol/overlay.ts";
import type { Core } from "./core.ts";
import type { Neighbour } from "./neighbour.ts";
import { RouteTable } from "./routes.ts";

/** Where a message for a peer goes next. */
export interface Hop {
  readonly neighbour: Neighbour;
  /** Links to the destination. */
  readonly hops: number;
}

/** Routing without looking: a direct neighbour, else the best known route. */
export class Router {
  readonly routes = new RouteTable();

  constructor(readonly core: Core) {}

  /** The next hop, or null where none is known but those to avoid. */
  next(dst: PeerId, now: number, avoid: readonly PeerId[] = []): Hop | null {
    const direct = this.core.links.to(dst);
    if (direct !== undefined && !avoid.includes(dst)) return { neighbour: direct, hops: 1 };
    const route = this.routes.best(dst, now, this.rttOf, avoid);
    if (route === null) return null;
    return { neighbour: this.core.links.to(route.next)!, hops: route.hops };
  }

  /** A route through a neighbour was learned. */
  learn(dst: PeerId, next: PeerId, via: PeerId, hops: number, now: number): void {
    if (this.routes.learn(dst, next, via, hops, now)) {
      this.core.outbox.report({ kind: "route_found", dst, next, via, hops });
    }
  }

  /** A message did not get through; `since` is when it was sent. */
  failed(dst: PeerId, next: PeerId, since: number, now: number): void {
    if (this.routes.failed(dst, next, since)) this.#lost(dst, [next], now);
  }

  /** A message that was sent at `since` was not acknowledged. */
  timedOut(dst: PeerId, since: number, now: number): void {
    this.#lost(dst, this.routes.timedOut(dst, since), now);
  }

  /** A neighbour is gone. */
  lost(next: PeerId, now: number): void {
    for (const dst of this.routes.lost(next)) this.#lost(dst, [next], now);
  }

  /** Reports routes that are lost, and the one that is used from now on where there is another. */
  #lost(dst: PeerId, lost: readonly PeerId[], now: number): void {
    for (const next of lost) this.core.outbox.report({ kind: "route_lost", dst, next });
    const route = lost.length === 0 ? null : this.routes.best(dst, now, this.rttOf, []);
    if (route === null) return;
    const { next, via, hops } = route;
    this.core.outbox.report({ kind: "route_found", dst, next, via, hops });
  }

  /** The round trip to a neighbour that relays; undefined for any other peer. */
  readonly rttOf = (next: PeerId): number | null | undefined => {
    const neighbour = this.core.links.to(next);
    return neighbour?.has("relay") ? neighbour.rtt : undefined;
  };
}
