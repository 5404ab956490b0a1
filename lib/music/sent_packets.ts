import { TRANSFER_LIMITS } from "./transfer_limits.ts";

const CAPACITY = TRANSFER_LIMITS.packetsUnderWay;
const MASK = CAPACITY - 1;
/** Eighths of a round trip that a packet may be late at the most. */
const MOST_PATIENCE = 32;

/** What has become of a packet. */
const UNKNOWN = 0;
const ACKED = 1;
const LOST = 2;

/** What a packet carried, where it was no chunk of a piece. */
export const NO_PIECE = 0xffff_ffff;
/** As the chunk of {@link NO_PIECE}: nothing that has to be sent again. */
export const PING_CHUNK = 0xffff;

/** Gets what became of packets. `chunk` is one of `piece`, or a packet of the list of digests. */
export interface SentPacketObserver {
  acked(piece: number, chunk: number, quiet: boolean): void;
  lost(piece: number, chunk: number, quiet: boolean): void;
}

/**
 * The packets of a stream from being sent to being acknowledged or lost, by number, in arrays that
 * never grow. A packet is lost where one that was sent later has been acknowledged and the time for
 * reordering has passed (RACK, RFC 8985).
 */
export class SentPackets {
  readonly #sentAt = new Float64Array(CAPACITY);
  readonly #piece = new Uint32Array(CAPACITY);
  readonly #chunk = new Uint16Array(CAPACITY);
  readonly #size = new Uint16Array(CAPACITY);
  readonly #fate = new Uint8Array(CAPACITY);
  /** Of an acknowledged packet: one up to which all are acknowledged, as far as was known. */
  readonly #ackedTo = new Uint32Array(CAPACITY);
  readonly #quiet = new Uint8Array(CAPACITY);
  /** Number of the next packet; the first is 1. */
  #next = 1;
  /** Every packet below this is acknowledged or lost. */
  #open = 1;
  #underWay = 0;
  /** Bytes acknowledged and lost since the beginning. */
  #delivered = 0;
  #lost = 0;
  /** Packets acknowledged, and the time that they and their acknowledgements took together. */
  #acked = 0;
  #flightTime = 0;
  /** The highest acknowledged packet, and when it was sent. */
  #largest = 0;
  #largestSentAt = -Infinity;
  /** How many eighths of a round trip a packet may be late; grows where that was too few. */
  #patience = 1;
  #spurious = 0;

  constructor(readonly observer: SentPacketObserver) {}

  /** Number of the next packet. */
  get next(): number {
    return this.#next;
  }

  /** Bytes sent and neither acknowledged nor lost. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Bytes acknowledged so far. */
  get delivered(): number {
    return this.#delivered;
  }

  /** Bytes found lost so far. */
  get lostBytes(): number {
    return this.#lost;
  }

  /** Packets acknowledged so far. */
  get acked(): number {
    return this.#acked;
  }

  /** Milliseconds from being sent to being acknowledged, of all packets together. */
  get flightTime(): number {
    return this.#flightTime;
  }

  /** The highest acknowledged number, 0 for none. */
  get largest(): number {
    return this.#largest;
  }

  /** Packets that counted as lost and came after all. */
  get spurious(): number {
    return this.#spurious;
  }

  /** Whether there is room for one more. */
  get hasRoom(): boolean {
    return this.#next - this.#open < CAPACITY;
  }

  /** When the last packet was sent. */
  get lastSentAt(): number {
    return this.#next === 1 ? -Infinity : this.#sentAt[(this.#next - 1) & MASK]!;
  }

  /**
   * Remembers a packet that is sent now, as number {@link next}.
   *
   * @param quiet whether it was sent slower than the path allows
   */
  add(piece: number, chunk: number, size: number, quiet: boolean, now: number): number {
    const number = this.#next++;
    const at = number & MASK;
    this.#sentAt[at] = now;
    this.#piece[at] = piece;
    this.#chunk[at] = chunk;
    this.#size[at] = size;
    this.#fate[at] = UNKNOWN;
    this.#quiet[at] = quiet ? 1 : 0;
    this.#underWay += size;
    return number;
  }

  /** When a packet that is still remembered was sent. */
  sentAt(number: number): number {
    return this.#sentAt[number & MASK]!;
  }

  /**
   * Takes a range of acknowledged numbers; those too old to be remembered are stepped over.
   *
   * @returns whether any of them was news
   * @throws {RangeError} where one was never sent
   */
  ack(low: number, high: number, now: number): boolean {
    if (high >= this.#next) throw new RangeError("never sent");
    let news = false;
    const first = Math.max(low, this.#next - CAPACITY, 1);
    for (let number = first; number <= high; number++) {
      const at = number & MASK;
      const fate = this.#fate[at];
      if (fate === ACKED) {
        // Every acknowledgement says again what former ones said: that is not walked through again.
        number = this.#ackedTo[at]!;
        continue;
      }
      this.#ackedTo[at] = high;
      const size = this.#size[at]!;
      this.#fate[at] = ACKED;
      this.#delivered += size;
      this.#acked += 1;
      this.#flightTime += now - this.#sentAt[at]!;
      if (fate === UNKNOWN) {
        this.#underWay -= size;
        news = true;
      } else {
        // It was only late: more patience is needed.
        this.#lost -= size;
        this.#spurious += 1;
        this.#patience = Math.min(MOST_PATIENCE, this.#patience + 1 / 8);
      }
      if (number > this.#largest) {
        this.#largest = number;
        this.#largestSentAt = this.#sentAt[at]!;
      }
      this.observer.acked(this.#piece[at]!, this.#chunk[at]!, this.#quiet[at] === 1);
    }
    if (first <= high) {
      const at = first & MASK;
      this.#ackedTo[at] = Math.max(this.#ackedTo[at]!, high);
    }
    return news;
  }

  /**
   * Finds the packets that must be lost by now.
   *
   * @param roundTrip the usual one or the last one, whichever is longer
   * @param variation how far from it they usually are
   * @returns when there will be more of them, or null
   */
  detectLosses(roundTrip: number, variation: number, now: number): number | null {
    const patience = Math.max(this.#patience * roundTrip / 8, 2 * variation);
    const late = Math.max(TRANSFER_LIMITS.leastReordering, patience);
    while (this.#open < this.#next) {
      const at = this.#open & MASK;
      if (this.#fate[at] === UNKNOWN) {
        if (this.#open >= this.#largest) return null;
        const lostAt = this.#sentAt[at]! + roundTrip + late;
        if (lostAt > now || this.#sentAt[at]! > this.#largestSentAt) return lostAt;
        this.#lose(at);
      }
      this.#open += 1;
    }
    return null;
  }

  /** Gives up on the oldest packets that are under way, `most` of them. */
  loseOldest(most: number): void {
    for (let left = most; left > 0 && this.#open < this.#next; this.#open++) {
      const at = this.#open & MASK;
      if (this.#fate[at] !== UNKNOWN) continue;
      this.#lose(at);
      left -= 1;
    }
  }

  #lose(at: number): void {
    const size = this.#size[at]!;
    this.#fate[at] = LOST;
    this.#underWay -= size;
    this.#lost += size;
    this.observer.lost(this.#piece[at]!, this.#chunk[at]!, this.#quiet[at] === 1);
  }
}
