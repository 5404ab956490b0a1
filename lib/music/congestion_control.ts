import { MOST_PACKET_BYTES } from "../protocol/music/transfer_packets.ts";
import type { DeliveryRounds, Round } from "./delivery_rounds.ts";
import type { RoundTrip } from "./round_trip.ts";
import { TRANSFER_LIMITS } from "./transfer_limits.ts";

/**
 * What a sender is about.
 *
 * - `startup`: twice as much each round trip, until a queue grows, packets are lost or nothing is won
 * - `drain`: less than the path takes, until the queue of the start is gone
 * - `cruise`: as much as the path takes
 * - `up`: more, for a round trip, to see whether there is more
 * - `down`: less, for what `up` has put into the queue, and to see which losses are not our doing
 * - `measure`: little, for the least round trip to be seen again
 */
export type CongestionPhase = "startup" | "drain" | "cruise" | "up" | "down" | "measure";

/** How fast, by the rate that the path is found to take. */
const GAIN = { drain: 0.5, cruise: 0.99, up: 1.25, down: 0.75, measure: 0.99 } as const;
/** Pace at the start: the window within four fifths of a round trip. */
const STARTUP_PACE = 1.25;
/** Windows of twice what the path holds: acknowledgements may be late or lost. */
const WINDOW_GAIN = 2;
/** Time of acknowledgements that come in bunches, and most packets of one: added to the window. */
const BUNCH = { time: 2 * TRANSFER_LIMITS.ackDelay, packets: 2 * TRANSFER_LIMITS.ackPackets };
/** Least growth of the rate in a round of the start, and how many rounds may fail to have it. */
const GROWTH = { least: 1.25, failures: 3 };
/** Growth of the rate by `up` that is worth another step, and that is worth a new start. */
const PROBE_GROWTH = { some: 1.05, much: 1.15 };
/** Rounds of a start that are too short to know the path's jitter from. */
const FIRST_ROUNDS = 3;
/** Loss above the path's own by which a queue is known to overflow: of a round, and all at once. */
const OVERFLOW = 0.15;
const SUDDEN_OVERFLOW = 0.25;
/** Packets over which a sudden overflow shows. */
const SUDDEN = 32;
/** Round trips in a row that are all longer than before: a queue grows. */
const LONGER = { count: 8, least: 4, share: 1 / 8 };
/** How much less than usual the loss of a round may be by chance. */
const LOSS_NOISE = 0.01;
/** Loss of the path's own that is believed at the most. */
const MOST_BACKGROUND = 0.4;
/** Packets of slow sending that make a measurement of the path's own loss. */
const QUIET_PACKETS = 40;
/** Pieces that a source holds: there is never more under way. */
const MOST_WINDOW = TRANSFER_LIMITS.packetsUnderWay / 2 * MOST_PACKET_BYTES;

/**
 * How much may be under way and how fast it is sent, by a model of the path as in BBR: the rate that
 * it takes (the highest of eight round trips) and the round trip where nothing waits. Loss as such
 * is no sign of congestion: what is lost also while we send slowly is the path's own.
 */
export class CongestionControl {
  #phase: CongestionPhase = "startup";
  #window = TRANSFER_LIMITS.firstWindow * MOST_PACKET_BYTES;
  readonly #rates: number[] = [];
  #rate = 0;
  /** Rounds of the start, and those of them that won nothing. */
  #rounds = 0;
  #failures = 0;
  /** Whether the window is what holds the sender back. */
  #full = true;
  #startLoss = 0;
  /** Share of packets that the path loses by itself. */
  #background = 0;
  #quietPackets = 0;
  #quietLost = 0;
  /** Share of lost ones among the last packets, and round trips in a row that were longer. */
  #sudden = 0;
  #longer = 0;
  #cruised = 0;
  #rateBeforeUp = 0;
  #queued = false;
  /** How much longer packets take than the fastest of their round: jitter, not a queue. */
  #jitter = 0;
  #measureUntil = 0;
  #measured = Infinity;

  /** @param cruiseRounds round trips between looking for more: not the same for all streams */
  constructor(readonly roundTrip: RoundTrip, readonly cruiseRounds: number) {}

  get phase(): CongestionPhase {
    return this.#phase;
  }

  /** Bytes a millisecond that the path takes, as far as is known; 0 at the very beginning. */
  get rate(): number {
    return this.#rate;
  }

  /** Share of packets that the path loses however slowly we send. */
  get background(): number {
    return this.#background;
  }

  /** Whether we send slower than the path takes. */
  get quiet(): boolean {
    return this.#phase === "down" || this.#phase === "measure";
  }

  /** Bytes that may be under way. */
  get window(): number {
    const least = TRANSFER_LIMITS.leastWindow * MOST_PACKET_BYTES;
    if (this.#phase === "startup") return Math.min(MOST_WINDOW, this.#window);
    const path = this.#rate * this.roundTrip.least;
    if (this.#phase === "measure") return Math.max(least, path / 2);
    const bunch = Math.min(BUNCH.packets * MOST_PACKET_BYTES, this.#rate * BUNCH.time);
    const window = WINDOW_GAIN * (path + this.#rate * this.#jitter) + bunch;
    return Math.min(MOST_WINDOW, Math.max(least, window));
  }

  /** Bytes a millisecond at which packets are sent. */
  get pace(): number {
    const { smoothed } = this.roundTrip;
    if (this.#phase === "startup") return STARTUP_PACE * this.#window / Math.max(0.1, smoothed);
    const slower = this.#queued && this.#phase === "cruise" ? 0.95 : 1;
    const least = TRANSFER_LIMITS.leastWindow / 2 * MOST_PACKET_BYTES / Math.max(1, smoothed);
    return Math.max(least, this.#rate * GAIN[this.#phase] * slower);
  }

  /** Before acknowledgements are taken: how many bytes are under way. */
  before(underWay: number): void {
    this.#full = underWay >= this.window / 2;
  }

  /** What became of a packet; `quiet` says whether it was sent while {@link quiet}. */
  fate(lost: boolean, quiet: boolean): void {
    this.#sudden += ((lost ? 1 : 0) - this.#sudden) / SUDDEN;
    if (this.#phase === "startup" && !lost && this.#full) {
      this.#window = Math.min(MOST_WINDOW, this.#window + MOST_PACKET_BYTES);
    }
    if (!quiet) return;
    this.#quietPackets += 1;
    if (lost) this.#quietLost += 1;
    if (this.#quietPackets < QUIET_PACKETS) return;
    const share = Math.min(MOST_BACKGROUND, this.#quietLost / this.#quietPackets);
    this.#background += (share - this.#background) / 4;
    this.#quietPackets = 0;
    this.#quietLost = 0;
  }

  /** Takes the round trip of an acknowledgement. */
  measured(sample: number): void {
    const { least, variation } = this.roundTrip;
    const jitter = this.#rounds < FIRST_ROUNDS ? variation : this.#jitter;
    const longer = Math.max(LONGER.least, LONGER.share * least, 2 * jitter);
    this.#longer = sample > least + longer ? this.#longer + 1 : 0;
    if (this.#phase === "measure") this.#measured = Math.min(this.#measured, sample);
  }

  /** After each acknowledgement: looks at the round, and goes on to what is next. */
  advance(rounds: DeliveryRounds, underWay: number, now: number): void {
    if (this.#phase === "startup" && this.#fillsQueue) {
      this.#learn(rounds.peek(now));
      this.#leaveStartup();
    }
    const round = rounds.end(now);
    if (round !== null) this.#round(round, now);
    const path = this.#rate * this.roundTrip.least;
    if (this.#phase === "drain" && underWay <= path) this.#cruise();
    if (this.#phase === "measure" && now >= this.#measureUntil) {
      if (this.#measured < Infinity) this.roundTrip.renewLeast(this.#measured, now);
      this.#cruise();
    }
  }

  /** Whether the start has just begun to fill a queue, long or short. */
  get #fillsQueue(): boolean {
    return this.#longer >= LONGER.count || this.#sudden > this.#startLoss + SUDDEN_OVERFLOW;
  }

  #round(round: Round, now: number): void {
    const { least } = this.roundTrip;
    const before = this.#rate;
    if (round.leastRoundTrip < Infinity) {
      this.#jitter = Math.max(0, round.flightTime - round.leastRoundTrip);
      this.#queued = round.leastRoundTrip > 1.25 * least + 4 + this.#jitter / 2;
    }
    this.#learn(round);
    switch (this.#phase) {
      case "startup":
        this.#rounds += 1;
        if (round.limited) return;
        this.#startLoss = round.lossShare;
        this.#failures += this.#rate < before * GROWTH.least ? 1 : 0;
        if (this.#failures >= (this.#queued ? 1 : GROWTH.failures)) this.#leaveStartup();
        return;
      case "up":
        this.#phase = "down";
        return;
      case "down":
        // What `up` has brought shows in this round: its packets were acknowledged now.
        this.#probed(round.limited ? 1 : this.#rate / this.#rateBeforeUp);
        return;
      case "cruise":
        this.#cruised += 1;
        if (now - this.roundTrip.leastAt > TRANSFER_LIMITS.roundTripAge) this.#measure(now);
        else if (this.#cruised >= this.cruiseRounds) this.#up();
    }
  }

  #learn({ rate, lossShare, limited }: Round): void {
    // What the path itself lost had passed the bottleneck, or would have.
    const own = Math.min(lossShare + LOSS_NOISE, this.#background);
    const sample = rate / (1 - own);
    if (limited && sample <= this.#rate) return;
    this.#rates.push(sample);
    // While a queue stands, or overflows, what is delivered is what the path takes now: earlier
    // rates say no more. At other times it may only be what was sent.
    const current = this.#queued || lossShare > this.#background + OVERFLOW;
    const rounds = current && this.#phase !== "startup" ? 2 : TRANSFER_LIMITS.rateRounds;
    if (this.#rates.length > rounds) this.#rates.splice(0, this.#rates.length - rounds);
    this.#rate = Math.max(...this.#rates);
  }

  /** After `up` and `down`: the rate has grown by a factor. */
  #probed(growth: number): void {
    if (growth > PROBE_GROWTH.much && !this.#queued) this.#startAgain();
    else if (growth > PROBE_GROWTH.some && !this.#queued) this.#up();
    else this.#cruise();
  }

  /** The path takes far more than was thought: looks for its end in steps of two. */
  #startAgain(): void {
    this.#window = this.window;
    this.#phase = "startup";
    this.#failures = this.#rounds = 0;
    this.#startLoss = this.#background;
    this.#sudden = this.#background;
  }

  #leaveStartup(): void {
    this.#phase = "drain";
    this.#background = Math.min(MOST_BACKGROUND, this.#startLoss);
  }

  #cruise(): void {
    this.#phase = "cruise";
    this.#cruised = 0;
  }

  #up(): void {
    this.#phase = "up";
    this.#rateBeforeUp = this.#rate;
  }

  #measure(now: number): void {
    this.#phase = "measure";
    this.#measured = Infinity;
    this.#measureUntil = now + TRANSFER_LIMITS.roundTripProbe + this.roundTrip.smoothed;
  }
}
