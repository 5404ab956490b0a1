import {
  formatRtcp,
  parseRtcp,
  type ReportBlock,
  type RtcpPart,
  type SenderInfo,
} from "../protocol/rtcp.ts";
import { MEDIA_LIMITS } from "./limits.ts";
import type { ReceptionReport } from "./reception_statistics.ts";
import { FIRST_TURN } from "./sequence.ts";

/** What this side says about itself: its counts, and the RTP time of this moment. */
export type OwnSending = Pick<SenderInfo, "timestamp" | "packets" | "bytes">;

/** What it says about the other side's packets. */
export interface OwnReception extends ReceptionReport {
  readonly ssrc: number;
  /** Steps of the RTP timestamp in a second. */
  readonly clockRate: number;
}

/** 2³², the turn of a 32-bit number. */
const TURN = 0x1_0000_0000;

/**
 * The exchange of RTCP reports: one each second each way, and the round trip time from them
 * (RFC 3550, 6.4.1). The clock is the local one, in milliseconds; RFC 3550 asks only that it does not
 * jump.
 */
export class Reports {
  #dueAt: number | null = null;
  #heard: { readonly clock: number; readonly at: number } | null = null;
  #roundTrip: number | null = null;

  /** @param ssrc the source that this side sends as */
  constructor(readonly ssrc: number) {}

  /** Time to the other side and back in milliseconds, as of the last report; null before it. */
  get roundTrip(): number | null {
    return this.#roundTrip;
  }

  /** Whether a report is due. The first is, a full interval after the first question. */
  due(now: number): boolean {
    this.#dueAt ??= now + MEDIA_LIMITS.reportInterval;
    if (now < this.#dueAt) return false;
    this.#dueAt = now + MEDIA_LIMITS.reportInterval;
    return true;
  }

  /** The report of this moment as a datagram; `reception` is null before anything arrived. */
  write(sending: OwnSending, reception: OwnReception | null, now: number): Uint8Array {
    const seconds = Math.floor(now / 1000);
    const fraction = Math.floor((now / 1000 - seconds) * TURN);
    const parts: RtcpPart[] = [
      {
        kind: "report",
        ssrc: this.ssrc,
        sender: { seconds, fraction, ...sending },
        blocks: reception === null ? [] : [this.#block(reception, now)],
      },
      { kind: "name", ssrc: this.ssrc, name: this.ssrc.toString(16) },
    ];
    return formatRtcp(parts);
  }

  /**
   * Takes an RTCP datagram. Gives the block about this side's packets, or null.
   *
   * @throws {RemoteProtocolError} `bad_rtcp`
   */
  take(datagram: Uint8Array, now: number): ReportBlock | null {
    let own: ReportBlock | null = null;
    for (const part of parseRtcp(datagram)) {
      if (part.kind !== "report") continue;
      if (part.sender !== null) {
        const { seconds, fraction } = part.sender;
        this.#heard = { clock: ((seconds & 0xffff) << 16 | fraction >>> 16) >>> 0, at: now };
      }
      own = part.blocks.find((block) => block.ssrc === this.ssrc) ?? own;
    }
    if (own !== null && own.lastReport !== 0) this.#measure(own, now);
    return own;
  }

  #measure({ lastReport, sinceLastReport }: ReportBlock, now: number): void {
    const steps = (middleOf(now) - lastReport - sinceLastReport) | 0;
    const trip = steps * 1000 / 0x1_0000;
    // Less than nothing, by rounding or by a lie, is nothing; more than reports live is a lie.
    if (trip <= MEDIA_LIMITS.reportLife) this.#roundTrip = Math.max(0, trip);
  }

  #block(reception: OwnReception, now: number): ReportBlock {
    const { ssrc, clockRate, fractionLost, lost, highestSequence, jitter } = reception;
    return {
      ssrc,
      fractionLost: Math.min(255, Math.floor(fractionLost * 256)),
      lost: Math.max(-0x80_0000, Math.min(0x7f_ffff, lost)),
      // The tracker begins in the first turn of the numbers, a report in turn 0.
      highestSequence: highestSequence - FIRST_TURN,
      jitter: Math.round(jitter * clockRate / 1000),
      lastReport: this.#heard?.clock ?? 0,
      sinceLastReport: this.#heard === null
        ? 0
        : Math.round((now - this.#heard.at) * 0x1_0000 / 1000),
    };
  }
}

/** The middle 32 bits of the NTP form of a time in milliseconds. */
function middleOf(now: number): number {
  return Math.floor(now / 1000 * 0x1_0000) % TURN;
}
