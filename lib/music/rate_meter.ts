import { TRANSFER_LIMITS } from "./transfer_limits.ts";

const BUCKETS = 10;
const BUCKET_TIME = TRANSFER_LIMITS.rateTime / BUCKETS;

/** How many bytes came in the last second. */
export class RateMeter {
  readonly #bytes = new Float64Array(BUCKETS);
  #bucket = 0;
  #since: number | null = null;

  /** Counts bytes that came now. */
  add(bytes: number, now: number): void {
    this.#turn(now);
    this.#since ??= now;
    this.#bytes[this.#bucket % BUCKETS]! += bytes;
  }

  /** Bytes a second, over the last second or what there is of it. */
  rate(now: number): number {
    this.#turn(now);
    if (this.#since === null) return 0;
    const time = Math.min(TRANSFER_LIMITS.rateTime, Math.max(BUCKET_TIME, now - this.#since));
    return this.#bytes.reduce((sum, bytes) => sum + bytes, 0) / time * 1000;
  }

  #turn(now: number): void {
    const bucket = Math.floor(now / BUCKET_TIME);
    const passed = Math.min(BUCKETS, bucket - this.#bucket);
    for (let n = 0; n < passed; n++) this.#bytes[(bucket - n) % BUCKETS] = 0;
    // After a rest, what is shown is the rate of what comes now.
    if (bucket - this.#bucket > BUCKETS) this.#since = null;
    this.#bucket = Math.max(this.#bucket, bucket);
  }
}
