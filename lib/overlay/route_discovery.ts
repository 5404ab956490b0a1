import {
  formatMessage,
  ORIGIN_TTL,
  type PeerId,
  type WhoHas,
  type WhoHasHit,
  withTtl,
} from "../protocol/overlay.ts";
import type { Core } from "./core.ts";
import type { Deadline } from "./deadlines.ts";
import { flood } from "./flooding.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import type { Neighbour } from "./neighbour.ts";
import { tellTtlExpired } from "./relay_notes.ts";
import { ReturnPaths } from "./return_paths.ts";
import type { Router } from "./router.ts";

/** Who waits for a route. */
export interface Seeker {
  found(now: number): void;
  /** Nobody answered in three seconds. */
  notFound(now: number): void;
}

interface Search {
  readonly id: string;
  readonly line: string;
  readonly seekers: Seeker[];
  readonly deadline: Deadline;
}

/** WHO_HAS and WHO_HAS_HIT: looking for a way by asking all neighbours, and helping others look. */
export class RouteDiscovery {
  readonly #searches = new Map<PeerId, Search>();
  readonly #paths = new ReturnPaths({
    lifetime: OVERLAY_LIMITS.whoHasPath,
    capacity: OVERLAY_LIMITS.whoHasPaths,
  });

  constructor(readonly core: Core, readonly router: Router) {}

  /** Looks for a way to a peer; false where too many are looked for already. */
  seek(dst: PeerId, seeker: Seeker, now: number): boolean {
    const running = this.#searches.get(dst);
    if (running !== undefined) {
      running.seekers.push(seeker);
      return true;
    }
    if (this.#searches.size >= OVERLAY_LIMITS.searches) return false;
    const { self, deadlines, links, seen, newId } = this.core;
    const id = newId();
    const line = formatMessage({ type: "WHO_HAS", msg_id: id, src: self, dst, ttl: ORIGIN_TTL });
    const deadline = deadlines.set(now + OVERLAY_LIMITS.whoHas, (then) => {
      for (const waiting of this.#finish(dst)) waiting.notFound(then);
    });
    this.#searches.set(dst, { id, line, seekers: [seeker], deadline });
    this.#paths.open(id, self, dst, "", now);
    seen.first(self, id, "WHO_HAS", now);
    flood(links, line, now, (neighbour) => neighbour.peer !== dst && canLook(neighbour));
    return true;
  }

  /** A new neighbour is asked what is being looked for, or is it. */
  neighbourUp(neighbour: Neighbour, now: number): void {
    for (const seeker of this.#finish(neighbour.peer)) seeker.found(now);
    if (!canLook(neighbour)) return;
    for (const { line } of this.#searches.values()) {
      this.core.links.post(neighbour, line, "message", now);
    }
  }

  /** A neighbour asks. */
  asked(neighbour: Neighbour, message: WhoHas, text: string, now: number): void {
    const { self, seen, counters, links } = this.core;
    const { msg_id, src, dst } = message;
    if (src === self || !seen.first(src, msg_id, "WHO_HAS", now)) {
      counters.duplicates += 1;
      return;
    }
    if (dst === neighbour.peer) return;
    if (dst === self || links.to(dst) !== undefined) {
      const hit: WhoHasHit = {
        type: "WHO_HAS_HIT",
        msg_id,
        src: self,
        dst,
        via: self,
        ttl: ORIGIN_TTL,
      };
      links.answer(neighbour, hit, now);
      return;
    }
    const line = message.ttl < 1 ? null : withTtl(text, message.ttl - 1);
    if (line === null) return;
    this.#paths.open(msg_id, src, dst, neighbour.peer, now);
    counters.flooded += 1;
    flood(
      links,
      line,
      now,
      (other) => other !== neighbour && other.peer !== src && canLook(other),
    );
  }

  /** A neighbour answers; false where it was not asked. */
  hit(neighbour: Neighbour, message: WhoHasHit, text: string, now: number): boolean {
    const { msg_id, src, dst, via, ttl } = message;
    const path = this.#paths.get(msg_id, now);
    if (path === undefined || path.dst !== dst || path.back === neighbour.peer) return false;
    if (!this.core.seen.first(src, msg_id, "WHO_HAS_HIT", now)) {
      this.core.counters.duplicates += 1;
      return true;
    }
    this.router.learn(dst, neighbour.peer, via, hopsOf(neighbour, message), now);
    if (path.back === "") {
      for (const seeker of this.#finish(dst)) seeker.found(now);
      return true;
    }
    const back = this.core.links.to(path.back);
    if (back === undefined || path.answers >= OVERLAY_LIMITS.hitsPassedBack) return true;
    if (ttl < 1) {
      tellTtlExpired(this.core, neighbour, msg_id, dst, now);
      return true;
    }
    const line = withTtl(text, ttl - 1);
    if (line === null) return true;
    path.answers += 1;
    this.core.links.post(back, line, "answer", now);
    return true;
  }

  /** Ends a search; returns who waited for it. */
  #finish(dst: PeerId): readonly Seeker[] {
    const search = this.#searches.get(dst);
    if (search === undefined) return [];
    this.#searches.delete(dst);
    this.core.deadlines.cancel(search.deadline);
    return search.seekers;
  }
}

/** A neighbour that does not relay is itself all that it could find. */
function canLook(neighbour: Neighbour): boolean {
  return neighbour.has("who_has") && neighbour.has("relay");
}

/**
 * Links to the destination, by the hops that the answer has left; a program that starts with fewer
 * looks farther away than it is, but not when it is the neighbour itself.
 */
function hopsOf(neighbour: Neighbour, { src, dst, ttl }: WhoHasHit): number {
  const toAnswerer = src === neighbour.peer ? 1 : Math.max(2, ORIGIN_TTL - ttl + 1);
  return src === dst ? toAnswerer : toAnswerer + 1;
}
