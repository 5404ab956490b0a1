import { type Bye, ORIGIN_TTL } from "../protocol/overlay.ts";
import type { Core } from "./core.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import type { Neighbour } from "./neighbour.ts";

/** BYE and BYE_OK: the clean end of a link, after which nothing that was sent before is lost. */
export class Farewell {
  /** @param gone told of a neighbour that said goodbye */
  constructor(readonly core: Core, readonly gone: (neighbour: Neighbour, now: number) => void) {}

  /** Says BYE on a link that is up; it ends with BYE_OK or two seconds later. */
  leave(neighbour: Neighbour, reason: string, now: number): void {
    const { links, deadlines } = this.core;
    neighbour.queue.flush();
    neighbour.byeId = this.core.newId();
    links.send(neighbour, this.#bye("BYE", neighbour, neighbour.byeId, reason), "answer", now);
    neighbour.advance("bye_sent");
    links.disuse(neighbour);
    deadlines.cancel(neighbour.deadline);
    neighbour.deadline = deadlines.set(now + OVERLAY_LIMITS.farewell, () => {
      links.end(neighbour, "timed_out", "close");
    });
  }

  /** A neighbour says BYE. */
  bye(neighbour: Neighbour, message: Bye, now: number): void {
    const reply = this.#bye("BYE_OK", neighbour, message.msg_id, message.reason);
    this.core.links.send(neighbour, reply, "answer", now);
    const used = this.core.links.end(neighbour, "bye_received", "close");
    if (used) this.gone(neighbour, now);
  }

  /** A neighbour answers a BYE; false where none was said. */
  byeOk(neighbour: Neighbour, message: Bye): boolean {
    if (neighbour.state !== "leaving" || message.msg_id !== neighbour.byeId) return false;
    this.core.links.end(neighbour, "bye_ok", "close");
    return true;
  }

  #bye(type: Bye["type"], neighbour: Neighbour, msg_id: string, reason: string): Bye {
    const { self } = this.core;
    return { type, msg_id, src: self, dst: neighbour.peer, reason, ttl: ORIGIN_TTL };
  }
}
