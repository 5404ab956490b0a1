import { OVERLAY_LIMITS } from "./limits.ts";
import { type Rate, TokenBucket } from "../base/token_bucket.ts";

/** What becomes of a line by its sender's quota; `notice` is a drop that is worth saying. */
export type QuotaVerdict = "admit" | "drop" | "notice";

/**
 * How much one neighbour may send (`protocols/overlay.md`, queues). Answers to what it was asked do
 * not count: the asker chose how many there are.
 */
export class Quota {
  readonly #bucket: TokenBucket | null;
  #noticedAt = -Infinity;

  /** @param limit messages a second and at once; null for no quota */
  constructor(limit: Rate | null) {
    this.#bucket = limit === null ? null : new TokenBucket(limit);
  }

  /** One line came. */
  admit(now: number): QuotaVerdict {
    if (this.#bucket === null || this.#bucket.take(now)) return "admit";
    if (now - this.#noticedAt < OVERLAY_LIMITS.quotaNotice) return "drop";
    this.#noticedAt = now;
    return "notice";
  }

  /** The line that was admitted answered a question. */
  answered(): void {
    this.#bucket?.refund();
  }
}
