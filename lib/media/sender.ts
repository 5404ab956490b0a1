import { formatRtp } from "../protocol/rtp.ts";
import type { Codec } from "./codec.ts";
import { silentFrame } from "./frame.ts";
import { Gain } from "./gain.ts";
import type { HalfDuplex } from "./half_duplex.ts";
import { LevelMeter } from "./level_meter.ts";
import { MEDIA_LIMITS } from "./limits.ts";
import { PathLoss } from "./path_loss.ts";

/** Where a stream begins: all three at random (RFC 3550, 5.1). */
export interface StreamStart {
  /** 0–2³²−1. */
  readonly ssrc: number;
  /** 0–65535. */
  readonly sequence: number;
  /** 0–2³²−1. */
  readonly timestamp: number;
}

/**
 * The way of a voice out: one frame of 20 ms in, its datagrams out.
 *
 * ```text
 *  microphone ─► HalfDuplex ─► Gain ─► LevelMeter ─► Codec ─► RTP header ─┬─► datagrams
 *   20 ms          (shut)     (mute)                 6.5 ms               │
 *                                                       ▲                 ▼
 *            reports of the other side ─► PathLoss ─────┴─► the same again
 * ```
 *
 * Frames are to come at the pace of the clock, also while muted. Where the path loses more than 10 %,
 * each packet goes out twice, at the lower bit rate. Both go at once: a copy that comes later would make
 * the other side wait longer for all packets, and against an outage that takes both there is the
 * forward error correction in the packet after them.
 */
export class Sender {
  readonly gain = new Gain();
  readonly meter = new LevelMeter();
  readonly pathLoss = new PathLoss();
  #sequence: number;
  #timestamp: number;
  #marker = true;
  #copied = false;
  #packets = 0;
  #copies = 0;
  #payloadBytes = 0;
  #bytes = 0;

  constructor(
    readonly codec: Codec,
    readonly start: StreamStart,
    readonly halfDuplex: HalfDuplex,
  ) {
    this.#sequence = start.sequence;
    this.#timestamp = start.timestamp;
  }

  /** RTP time of the next frame. */
  get timestamp(): number {
    return this.#timestamp;
  }

  /** Packets sent, copies not counted. */
  get packets(): number {
    return this.#packets;
  }

  /** Copies sent. */
  get copies(): number {
    return this.#copies;
  }

  /** Bytes of payload sent, copies not counted. */
  get payloadBytes(): number {
    return this.#payloadBytes;
  }

  /** Bytes of all datagrams, without what UDP adds. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The datagrams of the next frame, in the order in which they are to be sent. */
  capture(recorded: Int16Array): Uint8Array[] {
    const frame = this.gain.process(this.halfDuplex.recorded() ? silentFrame() : recorded);
    this.meter.add(frame);
    const { duplicating } = this.pathLoss;
    if (duplicating !== this.#copied) this.#changeRate(duplicating);
    const payload = this.codec.encode(frame);
    const datagram = formatRtp({
      marker: this.#marker,
      payloadType: this.codec.format.payloadType,
      sequence: this.#sequence,
      timestamp: this.#timestamp,
      ssrc: this.start.ssrc,
      csrcs: [],
      extension: null,
      payload,
      padding: 0,
    });
    const datagrams = duplicating ? [datagram, datagram] : [datagram];
    this.pathLoss.sent(this.#sequence, datagrams.length);
    this.#packets += 1;
    this.#copies += datagrams.length - 1;
    this.#payloadBytes += payload.length;
    for (const { length } of datagrams) this.#bytes += length;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#marker = false;
    this.#advance(1);
    return datagrams;
  }

  /**
   * The microphone gave nothing for so many frames: time goes on, and the next packet says that it
   * comes after a pause.
   */
  pause(frames: number): void {
    this.#marker = true;
    this.#advance(frames);
  }

  #advance(frames: number): void {
    this.#timestamp = (this.#timestamp + frames * this.codec.timestampStep) % 0x1_0000_0000;
  }

  #changeRate(duplicating: boolean): void {
    this.#copied = duplicating;
    const { least, most } = MEDIA_LIMITS.opusBitRate;
    this.codec.setBitRate(duplicating ? least : most);
  }
}
