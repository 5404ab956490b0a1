import type { IpPort } from "../base/address.ts";
import { formatControlMessage } from "../protocol/music/control_messages.ts";
import { formatTransferPacket, type StopReason } from "../protocol/music/transfer_packets.ts";
import { ReceivedNumbers } from "./received_numbers.ts";
import { TRANSFER_LIMITS } from "./transfer_limits.ts";

/** First interval of saying that we are there; it doubles up to the heartbeat's. */
const FIRST_BEAT = 50;
/** Most microseconds of delay that an acknowledgement can say. */
const MOST_DELAY = 0xffff_ffff;

const encoder = new TextEncoder();

/** What a stream is made of. */
export interface IncomingStreamPlan {
  readonly stream: number;
  readonly source: IpPort;
  readonly id: string;
  readonly offset: number;
  /** Our UDP port. */
  readonly port: number;
}

/** What an acknowledgement says besides what came. */
export interface Wants {
  readonly base: number;
  readonly have: number;
  readonly credit: number;
  readonly rate: number;
  readonly paused: boolean;
  readonly listed: boolean;
}

/** What one source is asked for, and when that is acknowledged. */
export class IncomingStream {
  readonly numbers = new ReceivedNumbers();
  #token: number | null = null;
  #asked = 0;
  #askedAt = 0;
  #heardAt: number;
  #roundTrip: number | null = null;
  #answered = false;
  /** When the packet of the highest number came. */
  #highestAt = 0;
  /** Packets that are not acknowledged, and when they are to be. */
  #pending = 0;
  #ackAt: number;
  #beat = FIRST_BEAT;

  constructor(readonly plan: IncomingStreamPlan, now: number) {
    this.#heardAt = now;
    this.#ackAt = Infinity;
  }

  /** Whether packets have come. */
  get begun(): boolean {
    return this.#token !== null;
  }

  /** Whether a token is the stream's. */
  knows(token: number): boolean {
    return token === this.#token;
  }

  /** Milliseconds from asking to the answer, or null. */
  get roundTrip(): number | null {
    return this.#roundTrip;
  }

  /** The GET, to be sent now; null where it was sent too often. */
  ask(now: number): Uint8Array | null {
    if (this.#asked >= TRANSFER_LIMITS.getAttempts) return null;
    this.#asked += 1;
    this.#askedAt = now;
    const { stream, id, offset, port } = this.plan;
    return encoder.encode(formatControlMessage({ kind: "GET", stream, id, offset, port }));
  }

  /**
   * When it is to be asked again, or given up: until packets come, because behind a GET_OK all pings
   * of the source may be lost.
   */
  get askAgainAt(): number {
    const enough = this.#answered && this.#asked === TRANSFER_LIMITS.getAttempts;
    if (this.begun || enough) return Infinity;
    return this.#askedAt + TRANSFER_LIMITS.getInterval * 2 ** (this.#asked - 1);
  }

  /** When the source counts as gone. */
  get goneAt(): number {
    return this.#heardAt + TRANSFER_LIMITS.sourceSilence;
  }

  /** When an acknowledgement is to be sent, if packets have come. */
  get ackAt(): number {
    return this.begun ? this.#ackAt : Infinity;
  }

  /** The source has said something. */
  heard(now: number): void {
    this.#heardAt = now;
    if (!this.#answered && this.#asked === 1) this.#roundTrip = now - this.#askedAt;
    this.#answered = true;
  }

  /**
   * Takes the head of a packet.
   *
   * @returns whether it is one of this stream: the first packet's token is the stream's
   */
  packet(token: number, number: number, now: number): boolean {
    this.#token ??= token;
    if (token !== this.#token) return false;
    this.heard(now);
    const young = number < TRANSFER_LIMITS.ackPackets;
    if (number > this.numbers.highest) this.#highestAt = now;
    this.numbers.add(number);
    this.#pending += 1;
    this.#beat = FIRST_BEAT;
    const together = young ? TRANSFER_LIMITS.firstAckPackets : TRANSFER_LIMITS.ackPackets;
    const first = this.numbers.count === 1;
    if (this.#pending >= together || first) this.#ackAt = now;
    else if (this.#pending === 1) this.#ackAt = now + TRANSFER_LIMITS.ackDelay;
    return true;
  }

  /** Something has changed that the source has to know soon. */
  ackSoon(now: number): void {
    this.#ackAt = Math.min(this.#ackAt, now);
    this.#beat = FIRST_BEAT;
  }

  /** After a pause: the source had no reason to say anything. */
  resumed(now: number): void {
    this.#heardAt = now;
    this.ackSoon(now);
  }

  /** The acknowledgement, to be sent now. */
  ack(wants: Wants, now: number): Uint8Array {
    if (this.#pending === 0) this.#beat = Math.min(TRANSFER_LIMITS.heartbeat, 2 * this.#beat);
    this.#pending = 0;
    this.#ackAt = now + this.#beat;
    const delay = Math.min(MOST_DELAY, Math.round((now - this.#highestAt) * 1000));
    const ranges = this.numbers.ranges();
    return formatTransferPacket({ kind: "ack", ...this.#header(), delay, ...wants, ranges });
  }

  /** The packet that ends the stream; null where the source has not sent anything to end. */
  stop(reason: StopReason): Uint8Array | null {
    if (!this.begun) return null;
    return formatTransferPacket({ kind: "stop", ...this.#header(), reason });
  }

  #header() {
    return { stream: this.plan.stream, token: this.#token! };
  }
}
