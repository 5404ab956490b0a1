import { FRAME_MS } from "./frame.ts";
import { MEDIA_LIMITS } from "./limits.ts";

/** What arrived of one source, counted as RFC 3550 does for its reports. */
export interface ReceptionReport {
  /** Lost since the report before, 0–1; copies count as arrivals. */
  readonly fractionLost: number;
  /** Expected less arrived since the start, copies counted as arrivals: with them it falls. */
  readonly lost: number;
  /** Highest sequence number, counted on over its wraps. */
  readonly highestSequence: number;
  /** Interarrival jitter in milliseconds. */
  readonly jitter: number;
}

/** Packets within {@link MEDIA_LIMITS.lossWindow}: what the loss that is shown is measured over. */
const WINDOW = MEDIA_LIMITS.lossWindow / FRAME_MS;

/**
 * Loss and interarrival jitter of one source (RFC 3550, 6.4.1, A.3 and A.8). All times in
 * milliseconds, of the local clock and of the sender's timestamps.
 */
export class ReceptionStatistics {
  #first: number | null = null;
  #highest = 0;
  #arrivals = 0;
  #transit: number | null = null;
  #jitter = 0;
  #reported = { expected: 0, arrivals: 0 };
  /** Sequence numbers that arrived lately, each in its place modulo the window. */
  readonly #recent = new Float64Array(WINDOW).fill(-1);

  /** Interarrival jitter: the mean change of transit from packet to packet, in milliseconds. */
  get jitter(): number {
    return this.#jitter;
  }

  /** Packets that should have arrived since the start. */
  get expected(): number {
    return this.#first === null ? 0 : this.#highest - this.#first + 1;
  }

  /**
   * Takes a packet.
   *
   * @param extended its sequence number, counted on over the wraps
   * @param sent its timestamp in milliseconds, from any origin
   * @param now when it arrived
   */
  arrived(extended: number, sent: number, now: number): void {
    this.#first ??= extended;
    if (extended > this.#highest) this.#highest = extended;
    if (extended < this.#first) this.#first = extended;
    this.#arrivals += 1;
    this.#recent[extended % WINDOW] = extended;
    const transit = now - sent;
    if (this.#transit !== null) {
      this.#jitter += (Math.abs(transit - this.#transit) - this.#jitter) / 16;
    }
    this.#transit = transit;
  }

  /** A copy of a packet that arrived before: it tells of loss, not of jitter. */
  copied(): void {
    this.#arrivals += 1;
  }

  /**
   * Part of the last 5 s of packets that never came in any copy, 0–1: what a person is shown. Those
   * that may still come, the last few, are left out.
   */
  get recentLoss(): number {
    if (this.#first === null) return 0;
    const newest = this.#highest - MEDIA_LIMITS.playoutDelay.most / FRAME_MS;
    const oldest = Math.max(this.#first, this.#highest - WINDOW + 1);
    if (newest < oldest) return 0;
    let missing = 0;
    for (let extended = oldest; extended <= newest; extended++) {
      if (this.#recent[extended % WINDOW] !== extended) missing += 1;
    }
    return missing / (newest - oldest + 1);
  }

  /** What a report says now, and the beginning of the next interval. */
  report(): ReceptionReport {
    const expected = this.expected - this.#reported.expected;
    const arrivals = this.#arrivals - this.#reported.arrivals;
    this.#reported = { expected: this.expected, arrivals: this.#arrivals };
    return {
      fractionLost: expected <= 0 ? 0 : Math.max(0, (expected - arrivals) / expected),
      lost: this.expected - this.#arrivals,
      highestSequence: this.#highest,
      jitter: this.#jitter,
    };
  }
}
