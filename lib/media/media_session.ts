import { RemoteProtocolError } from "../base/errors.ts";
import type { Random } from "../base/random.ts";
import { isRtcp, parseRtp } from "../protocol/rtp.ts";
import type { Codec } from "./codec.ts";
import { FRAME_MS, SAMPLES_PER_MS } from "./frame.ts";
import { HalfDuplex } from "./half_duplex.ts";
import { MEDIA_LIMITS } from "./limits.ts";
import { type Quality, qualityOf } from "./quality.ts";
import { Receiver, type ReceiverCounters } from "./receiver.ts";
import { Reports } from "./reports.ts";
import { Sender } from "./sender.ts";

/** A call's sound in figures, for `/stats`. Times in milliseconds, parts 0–1, levels in dBFS. */
export interface MediaStatus {
  /** There and back; null before the other side's first report. */
  readonly roundTrip: number | null;
  /** Interarrival jitter of what arrives. */
  readonly jitter: number;
  /** Part of the packets of the last 5 s that never came. */
  readonly lossIn: number;
  /** Part of our datagrams that do not arrive; null before it is known. */
  readonly lossOut: number | null;
  /** Whether each frame is sent twice because of it. */
  readonly duplicating: boolean;
  /** How long sound waits in the jitter buffer, and how long it should. */
  readonly bufferDelay: number;
  readonly bufferTarget: number;
  /** Packets in the jitter buffer. */
  readonly bufferDepth: number;
  /** Bits a second of the last second, headers of RTP included, of UDP not. */
  readonly bitRateOut: number;
  readonly bitRateIn: number;
  /** Packets and copies sent. */
  readonly packetsOut: number;
  readonly copiesOut: number;
  readonly received: ReceiverCounters;
  /** Datagrams that were neither RTP nor RTCP. */
  readonly malformed: number;
  /** Loudness of what is sent and of what is played. */
  readonly levelOut: number;
  readonly levelIn: number;
  /** From mouth to ear as far as it is known: devices not counted, half the round trip. */
  readonly mouthToEar: number;
  readonly quality: Quality;
}

/**
 * The sound of one call, both ways, without any device or socket: frames and datagrams in and out.
 *
 * ```text
 *  microphone frame ─► capture() ─► Sender ────────────────► datagrams
 *                                     ▲ PathLoss ◄─ Reports ◄─┐
 *  loudspeaker frame ◄─ playout() ◄─ Receiver ◄── RTP ────────┴─ receive() ◄─ datagrams
 * ```
 *
 * Times are milliseconds of one clock that never goes back.
 */
export class MediaSession implements Disposable {
  readonly halfDuplex = new HalfDuplex();
  readonly sender: Sender;
  readonly receiver: Receiver;
  readonly #reports: Reports;
  #malformed = 0;
  #heardAt: number | null = null;
  /** Bytes of the packets of sound that arrived. */
  #receivedBytes = 0;
  #rates = { at: 0, sent: 0, received: 0, out: 0, in: 0 };

  /** @param codec is the session's from now on, and disposed with it */
  constructor(readonly codec: Codec, random: Random, now: number) {
    const below = (limit: number) => Math.floor(random() * limit);
    const ssrc = below(0x1_0000_0000);
    const start = { ssrc, sequence: below(0x1_0000), timestamp: below(0x1_0000_0000) };
    this.sender = new Sender(codec, start, this.halfDuplex);
    this.receiver = new Receiver(codec, this.halfDuplex);
    this.#reports = new Reports(ssrc);
    this.#rates.at = now;
  }

  /** When the last packet of sound arrived, or null: what "no sound arrives" is told by. */
  get heardAt(): number | null {
    return this.#heardAt;
  }

  /** A frame of the microphone. Gives the datagrams to send, once a second a report among them. */
  capture(frame: Int16Array, now: number): Uint8Array[] {
    const datagrams = this.sender.capture(frame);
    if (this.#reports.due(now)) datagrams.push(this.#report(now));
    return datagrams;
  }

  /** A datagram of the other side. What cannot be read is counted, and changes nothing else. */
  receive(datagram: Uint8Array, now: number): void {
    try {
      if (datagram.length > MEDIA_LIMITS.datagramBytes) {
        throw new RemoteProtocolError("rtp_too_long", `${datagram.length} bytes`);
      }
      if (isRtcp(datagram)) {
        const block = this.#reports.take(datagram, now);
        if (block !== null) this.sender.pathLoss.reported(block, now);
      } else if (this.receiver.receive(parseRtp(datagram), now)) {
        this.#heardAt = now;
        this.#receivedBytes += datagram.length;
      }
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      this.#malformed += 1;
    }
  }

  /** The frame for the loudspeaker at `now`; the one after it is due when it is over. */
  playout(now: number): Int16Array {
    return this.receiver.playout(now);
  }

  /** The call's sound in figures. */
  status(): MediaStatus {
    const { sender, receiver } = this;
    const { roundTrip } = this.#reports;
    const mouthToEar = FRAME_MS + this.codec.lookahead / SAMPLES_PER_MS + (roundTrip ?? 0) / 2 +
      receiver.buffer.delay;
    return {
      roundTrip,
      jitter: receiver.statistics.jitter,
      lossIn: receiver.statistics.recentLoss,
      lossOut: sender.pathLoss.loss,
      duplicating: sender.pathLoss.duplicating,
      bufferDelay: receiver.buffer.delay,
      bufferTarget: receiver.buffer.target,
      bufferDepth: receiver.buffer.depth,
      bitRateOut: this.#rates.out,
      bitRateIn: this.#rates.in,
      packetsOut: sender.packets,
      copiesOut: sender.copies,
      received: receiver.counters,
      malformed: this.#malformed,
      levelOut: sender.meter.level,
      levelIn: receiver.meter.level,
      mouthToEar,
      quality: qualityOf({ delay: mouthToEar, concealed: receiver.concealedPart }),
    };
  }

  [Symbol.dispose](): void {
    this.codec[Symbol.dispose]();
  }

  #report(now: number): Uint8Array {
    const { sender, receiver } = this;
    this.#measureRates(now);
    sender.pathLoss.unreported(receiver.statistics.recentLoss, now);
    const reception = receiver.source === null ? null : {
      ...receiver.statistics.report(),
      ssrc: receiver.source,
      clockRate: this.codec.format.clockRate,
    };
    const { timestamp, packets, payloadBytes } = sender;
    return this.#reports.write({ timestamp, packets, bytes: payloadBytes }, reception, now);
  }

  #measureRates(now: number): void {
    const sent = this.sender.bytes;
    const received = this.#receivedBytes;
    const seconds = (now - this.#rates.at) / 1000;
    this.#rates = {
      at: now,
      sent,
      received,
      out: 8 * (sent - this.#rates.sent) / seconds,
      in: 8 * (received - this.#rates.received) / seconds,
    };
  }
}
