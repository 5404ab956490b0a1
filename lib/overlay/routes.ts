import type { PeerId } from "../protocol/overlay.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import type { RouteRow } from "./reports.ts";

/** A way to a peer that is no neighbour. Times in milliseconds. */
export interface Route {
  readonly dst: PeerId;
  /** The neighbour that messages are handed to. */
  readonly next: PeerId;
  /** The peer that answered for `dst`. */
  readonly via: PeerId;
  /** Links to `dst`. */
  readonly hops: number;
  readonly learnedAt: number;
  /** Round trip to `dst`, measured, or null. */
  rtt: number | null;
  delivered: number;
  failed: number;
}

/** The round trip to a neighbour in milliseconds; null where it is unknown or no relay. */
export type NeighbourRtt = (next: PeerId) => number | null | undefined;

/**
 * The route table: for each destination the next hops that answered for it. The one with the fewest
 * hops is used, among equals the quickest. Routes end after five minutes (`protocols/overlay.md`).
 */
export class RouteTable {
  readonly #routes = new Map<PeerId, Route[]>();

  /** Destinations with routes, some of which may have run out. */
  get size(): number {
    return this.#routes.size;
  }

  /** Enters a route; true where `dst` had none. Learned again, it keeps what was measured. */
  learn(dst: PeerId, next: PeerId, via: PeerId, hops: number, now: number): boolean {
    const known = this.#alive(dst, now);
    const old = known.find((route) => route.next === next);
    const { rtt, delivered, failed } = old ?? { rtt: null, delivered: 0, failed: 0 };
    const kept = known.filter((route) => route !== old);
    if (kept.length >= OVERLAY_LIMITS.routesPerDestination) kept.shift();
    kept.push({ dst, next, via, hops, learnedAt: now, rtt, delivered, failed });
    // Entered anew, so that the first key is the destination learned of the longest ago.
    this.#routes.delete(dst);
    this.#routes.set(dst, kept);
    if (this.#routes.size > OVERLAY_LIMITS.routeDestinations) this.#evict();
    return known.length === 0;
  }

  /**
   * The route to use, or null.
   *
   * @param rttOf answers undefined for a next hop that cannot be used
   * @param avoid next hops that are not wanted
   */
  best(dst: PeerId, now: number, rttOf: NeighbourRtt, avoid: readonly PeerId[]): Route | null {
    let best: Route | null = null;
    let bestRtt = Infinity;
    for (const route of this.#alive(dst, now)) {
      const hopRtt = rttOf(route.next);
      if (hopRtt === undefined || avoid.includes(route.next)) continue;
      const rtt = route.rtt ?? hopRtt ?? Infinity;
      if (best === null || route.hops < best.hops || (route.hops === best.hops && rtt < bestRtt)) {
        best = route;
        bestRtt = rtt;
      }
    }
    return best;
  }

  /** A message was acknowledged by this way, `rtt` milliseconds after it was sent. */
  worked(dst: PeerId, next: PeerId, rtt: number): void {
    const route = this.#routes.get(dst)?.find((candidate) => candidate.next === next);
    if (route === undefined) return;
    route.delivered += 1;
    route.rtt = route.rtt === null ? rtt : (7 * route.rtt + rtt) / 8;
  }

  /**
   * A message did not get through. The route goes, unless it was learned after `since`.
   *
   * @returns whether a route went
   */
  failed(dst: PeerId, next: PeerId, since: number): boolean {
    const known = this.#routes.get(dst);
    const route = known?.find((candidate) => candidate.next === next);
    if (known === undefined || route === undefined) return false;
    if (route.learnedAt > since) {
      route.failed += 1;
      return false;
    }
    this.#keep(dst, known.filter((candidate) => candidate !== route));
    return true;
  }

  /**
   * A message was not acknowledged. Every route that was known by then goes, `since` being when it
   * was sent: they may all lead to the same peer that fell silent, and a new search tells.
   *
   * @returns the next hops of the routes that went
   */
  timedOut(dst: PeerId, since: number): readonly PeerId[] {
    const known = this.#routes.get(dst) ?? [];
    const kept = known.filter((route) => route.learnedAt > since);
    this.#keep(dst, kept);
    return known.filter((route) => !kept.includes(route)).map(({ next }) => next);
  }

  /** A neighbour is gone, and every route through it; returns their destinations. */
  lost(next: PeerId): readonly PeerId[] {
    const destinations: PeerId[] = [];
    for (const [dst, known] of this.#routes) {
      const kept = known.filter((route) => route.next !== next);
      if (kept.length === known.length) continue;
      destinations.push(dst);
      this.#keep(dst, kept);
    }
    return destinations;
  }

  /** The table for people, by destination, the best first. */
  rows(now: number, rttOf: NeighbourRtt): readonly RouteRow[] {
    const rows: RouteRow[] = [];
    for (const dst of [...this.#routes.keys()].sort()) {
      for (const route of this.#alive(dst, now)) {
        const { learnedAt, ...shown } = route;
        rows.push({ ...shown, age: now - learnedAt, rtt: route.rtt ?? rttOf(route.next) ?? null });
      }
    }
    return rows.sort((one, other) =>
      one.dst === other.dst
        ? one.hops - other.hops || (one.rtt ?? Infinity) - (other.rtt ?? Infinity)
        : 0
    );
  }

  #alive(dst: PeerId, now: number): readonly Route[] {
    const known = this.#routes.get(dst);
    if (known === undefined) return [];
    const alive = known.filter((route) => now - route.learnedAt < OVERLAY_LIMITS.route);
    if (alive.length < known.length) this.#keep(dst, alive);
    return alive;
  }

  #keep(dst: PeerId, routes: Route[]): void {
    if (routes.length === 0) this.#routes.delete(dst);
    else this.#routes.set(dst, routes);
  }

  #evict(): void {
    const oldest = this.#routes.keys().next();
    if (!oldest.done) this.#routes.delete(oldest.value);
  }
}
