import { TRANSFER_LIMITS } from "./transfer_limits.ts";
import type { SentPackets } from "./sent_packets.ts";

/** What happened in one round trip. */
export interface Round {
  /** Bytes a millisecond that were acknowledged. */
  readonly rate: number;
  /** Share of the bytes that were lost, 0–1. */
  readonly lossShare: number;
  /** Whether there was not always something to send: the path may be able to do more. */
  readonly limited: boolean;
  /** The least round trip in it, milliseconds: above the path's least, a queue stands. */
  readonly leastRoundTrip: number;
  /** Milliseconds from being sent to being acknowledged, on average. */
  readonly flightTime: number;
}

/**
 * Cuts a stream's time into round trips: one ends when a packet that was sent after it began is
 * acknowledged. One rate for each, not one for each acknowledgement: these come in bunches, and the
 * highest of such rates is far more than the path can do (`measured.md`: 84 % sent again).
 */
export class DeliveryRounds {
  #startNumber = 1;
  #startTime = 0;
  #startDelivered = 0;
  #startLost = 0;
  #startAcked = 0;
  #startFlightTime = 0;
  #limitedBelow = 0;
  #firstNumber = 0;
  #least = Infinity;

  constructor(readonly sent: SentPackets) {}

  /** Begins the first round: what was sent before was too small to say anything of the path. */
  begin(now: number): void {
    this.#startTime = now;
    this.#startNumber = this.sent.next;
  }

  /** There is room to send but nothing to send: what is sent up to now says little of the path. */
  limited(): void {
    this.#limitedBelow = this.sent.next;
  }

  /** Takes a round trip that was measured. */
  roundTrip(sample: number): void {
    this.#least = Math.min(this.#least, sample);
  }

  /** The round so far, without ending it. */
  peek(now: number): Round {
    const { delivered, lostBytes, acked, flightTime } = this.sent;
    const [came, lost] = [delivered - this.#startDelivered, lostBytes - this.#startLost];
    return {
      rate: came / Math.max(1, now - this.#startTime),
      lossShare: came + lost > 0 ? Math.max(0, lost) / (came + Math.max(0, lost)) : 0,
      limited: this.#limitedBelow > this.#firstNumber,
      leastRoundTrip: this.#least,
      flightTime: (flightTime - this.#startFlightTime) / Math.max(1, acked - this.#startAcked),
    };
  }

  /** After acknowledgements were taken: the round that has ended, or null. */
  end(now: number): Round | null {
    const { largest, next } = this.sent;
    if (largest < this.#startNumber) return null;
    if (now - this.#startTime < TRANSFER_LIMITS.leastRound) return null;
    const round = this.peek(now);
    this.#firstNumber = largest;
    this.#startNumber = next;
    this.#startTime = now;
    this.#startDelivered = this.sent.delivered;
    this.#startLost = this.sent.lostBytes;
    this.#startAcked = this.sent.acked;
    this.#startFlightTime = this.sent.flightTime;
    this.#least = Infinity;
    return round;
  }
}
