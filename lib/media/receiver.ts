import { RemoteProtocolError } from "../base/errors.ts";
import type { RtpPacket } from "../protocol/rtp.ts";
import type { Codec } from "./codec.ts";
import { SAMPLES_PER_MS } from "./frame.ts";
import { Gain } from "./gain.ts";
import type { HalfDuplex } from "./half_duplex.ts";
import { JitterBuffer, type JitterCounters, type Pace, type Playout } from "./jitter_buffer.ts";
import { LevelMeter } from "./level_meter.ts";
import { ReceptionStatistics } from "./reception_statistics.ts";
import { SequenceTracker, timestampDistance } from "./sequence.ts";
import { lengthened, shortened } from "./time_stretch.ts";

/** Frames over which the part that had to be concealed is averaged: 5 s. */
const AVERAGED = 250;

/** What became of packets and frames since the start. */
export interface ReceiverCounters extends JitterCounters {
  /** Packets of this call's format and source, copies not counted. */
  readonly packets: number;
  /** Copies, dropped. */
  readonly copies: number;
  /** Packets of another format, source or stretch of sequence numbers, dropped. */
  readonly foreign: number;
  /** Packets that the codec could not read. */
  readonly malformed: number;
  /** Bytes of payload. */
  readonly payloadBytes: number;
  /** Frames given to the loudspeaker. */
  readonly frames: number;
  /** Lost frames made good from the packet after them. */
  readonly recovered: number;
  /** Lost or late frames that were invented or left silent, of those that should have sounded. */
  readonly concealed: number;
  /** Milliseconds cut out to lower the delay. */
  readonly shortened: number;
  /** Milliseconds put in to raise it. */
  readonly lengthened: number;
}

/**
 * The way of a voice in: packets as the network delivers them, one frame out for each turn of the
 * playout clock.
 *
 * ```text
 *  RtpPacket ─► format, source ─► SequenceTracker ─► ReceptionStatistics ─► reports, /stats
 *                                       │
 *                                       ▼            26–200 ms
 *                                  JitterBuffer ─► play | recover | conceal | silence
 *                                                         │
 *                                                         ▼            6.5 ms
 *                   loudspeaker ◄─ LevelMeter ◄─ Gain ◄─ samples ◄─ Codec, time stretch
 *                 about 20 ms            └─► HalfDuplex
 * ```
 *
 * The playout clock is the caller's: it asks for a frame when the one before is over, by its own
 * time, which it hands in, in milliseconds.
 */
export class Receiver {
  readonly gain = new Gain();
  readonly meter = new LevelMeter();
  readonly #buffer = new JitterBuffer();
  #tracker = new SequenceTracker();
  #statistics = new ReceptionStatistics();
  #source: number | null = null;
  /** Another source's last packet: a second one in sequence makes it the source. */
  #stranger: { readonly ssrc: number; readonly next: number } | null = null;
  #timestamp: { raw: number; steps: number } | null = null;
  #concealedPart = 0;
  readonly #count = {
    packets: 0,
    copies: 0,
    foreign: 0,
    malformed: 0,
    payloadBytes: 0,
    frames: 0,
    recovered: 0,
    concealed: 0,
    shortened: 0,
    lengthened: 0,
  };

  constructor(readonly codec: Codec, readonly halfDuplex: HalfDuplex) {}

  /** The source that is heard, or null before the first packet. */
  get source(): number | null {
    return this.#source;
  }

  /** Loss and jitter of the source. */
  get statistics(): ReceptionStatistics {
    return this.#statistics;
  }

  /** How long the sound played last has waited, how long it should, and what waits. */
  get buffer(): Pick<JitterBuffer, "delay" | "target" | "depth"> {
    return this.#buffer;
  }

  /** Part of the frames of the last seconds that had to be concealed, 0–1. */
  get concealedPart(): number {
    return this.#concealedPart;
  }

  get counters(): ReceiverCounters {
    return { ...this.#count, ...this.#buffer.counters };
  }

  /** Takes a packet of the other side that arrived at `now`. False where it was dropped as foreign. */
  receive(packet: RtpPacket, now: number): boolean {
    if (packet.payloadType !== this.codec.format.payloadType || !this.#isSource(packet)) {
      this.#count.foreign += 1;
      return false;
    }
    const arrival = this.#tracker.take(packet.sequence);
    if (arrival.kind === "stray") {
      this.#count.foreign += 1;
      return false;
    }
    if (arrival.kind === "copy") {
      this.#count.copies += 1;
      this.#statistics.copied();
      return true;
    }
    if (arrival.kind === "restart") this.#forget();
    const steps = this.#unwrapped(packet.timestamp);
    this.#statistics.arrived(arrival.extended, steps * 1000 / this.codec.format.clockRate, now);
    this.#count.packets += 1;
    this.#count.payloadBytes += packet.payload.length;
    const slot = Math.round(steps / this.codec.timestampStep);
    // A copy: the datagram's memory is the caller's, which may read the next one into it.
    const payload = packet.payload.slice();
    this.#buffer.put({ slot, sequence: arrival.extended, payload }, now);
    return true;
  }

  /**
   * The next frame for the loudspeaker, to be played at `now`: 20 ms, or up to 10 ms less or more
   * where the delay is changed, or less of the silence before the first sound. The one after it is to
   * be asked for when it is over.
   */
  playout(now: number): Int16Array {
    const frame = this.gain.process(this.#sound(this.#buffer.next(now)));
    this.#count.frames += 1;
    this.meter.add(frame);
    this.halfDuplex.played(this.meter.level);
    return frame;
  }

  #sound(playout: Playout): Int16Array {
    if (playout.kind === "silence") {
      return new Int16Array(Math.round(playout.duration * SAMPLES_PER_MS));
    }
    let concealed = playout.kind === "conceal";
    let frame: Int16Array;
    try {
      switch (playout.kind) {
        case "play":
          frame = this.#stretched(this.codec.decode(playout.payload), playout.pace);
          break;
        case "recover":
          frame = this.codec.recover(playout.next);
          this.#count.recovered += 1;
          break;
        case "conceal":
          frame = this.codec.conceal();
      }
    } catch (error) {
      if (!(error instanceof RemoteProtocolError)) throw error;
      this.#count.malformed += 1;
      concealed = true;
      frame = this.codec.conceal();
    }
    if (concealed) this.#count.concealed += 1;
    this.#concealedPart += (Number(concealed) - this.#concealedPart) / AVERAGED;
    return frame;
  }

  #stretched(frame: Int16Array, { direction, urgent }: Pace): Int16Array {
    if (direction === "steady") return frame;
    const stretched = direction === "faster" ? shortened(frame, urgent) : lengthened(frame, urgent);
    const change = (stretched.length - frame.length) / SAMPLES_PER_MS;
    this.#count.lengthened += Math.max(0, change);
    this.#count.shortened += Math.max(0, -change);
    return stretched;
  }

  /** The timestamp, counted on over its wraps from 0 at the first packet. */
  #unwrapped(timestamp: number): number {
    const last = this.#timestamp ?? { raw: timestamp, steps: 0 };
    const steps = last.steps + timestampDistance(last.raw, timestamp);
    this.#timestamp = { raw: timestamp, steps };
    return steps;
  }

  #isSource({ ssrc, sequence }: RtpPacket): boolean {
    this.#source ??= ssrc;
    if (ssrc === this.#source) return true;
    const known = this.#stranger?.ssrc === ssrc && this.#stranger.next === sequence;
    this.#stranger = { ssrc, next: (sequence + 1) & 0xffff };
    if (!known) return false;
    this.#source = ssrc;
    this.#stranger = null;
    this.#tracker = new SequenceTracker();
    this.#forget();
    return true;
  }

  #forget(): void {
    this.#statistics = new ReceptionStatistics();
    this.#timestamp = null;
    this.#buffer.reset();
  }
}
