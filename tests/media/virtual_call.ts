import type { Codec } from "../../lib/media/codec.ts";
import { FRAME_SAMPLES, SAMPLES_PER_MS } from "../../lib/media/frame.ts";
import { HalfDuplex } from "../../lib/media/half_duplex.ts";
import { Receiver, type ReceiverCounters } from "../../lib/media/receiver.ts";
import { OPUS, type RtpPacket } from "../../lib/protocol/rtp.ts";
import type { ArrivingPacket } from "../vectors/arrivals.ts";

/** A codec of no sound at all: a payload is its frame's number, a frame is full of it. */
export class NumberCodec implements Codec {
  readonly format = OPUS;
  readonly timestampStep = FRAME_SAMPLES;
  readonly lookahead = 0;
  /** The numbers decoded, with null for what was concealed. */
  readonly heard: (number | null)[] = [];

  encode(frame: Int16Array): Uint8Array {
    return numberPayload(frame[0]!);
  }
  setBitRate(): void {}
  decode(payload: Uint8Array): Int16Array {
    const number = new DataView(payload.buffer, payload.byteOffset).getUint32(0);
    this.heard.push(number);
    return new Int16Array(FRAME_SAMPLES);
  }
  recover(next: Uint8Array): Int16Array {
    const frame = this.decode(next);
    this.heard[this.heard.length - 1]! -= 1;
    return frame;
  }
  conceal(): Int16Array {
    this.heard.push(null);
    return new Int16Array(FRAME_SAMPLES);
  }
  [Symbol.dispose](): void {}
}

/** The payload that stands for a number. */
export function numberPayload(number: number): Uint8Array {
  const payload = new Uint8Array(4);
  new DataView(payload.buffer).setUint32(0, number);
  return payload;
}

/** A packet with everything at a plain value but what is told. */
export function rtpPacket(packet: Partial<RtpPacket>): RtpPacket {
  return {
    marker: false,
    payloadType: OPUS.payloadType,
    sequence: 0,
    timestamp: 0,
    ssrc: 7,
    csrcs: [],
    extension: null,
    payload: numberPayload(0),
    padding: 0,
    ...packet,
  };
}

/** What a virtual call was like, turn by turn of the playout clock. */
export interface VirtualCall {
  /** Of each turn, from the first sound on: its time, the buffer's delay and target. */
  readonly turns: readonly {
    readonly at: number;
    readonly delay: number;
    readonly target: number;
  }[];
  readonly counters: ReceiverCounters;
  readonly recentLoss: number;
  readonly jitter: number;
  /** The numbers of the frames played, with null for the concealed. */
  readonly heard: readonly (number | null)[];
}

/** Where the sequence numbers and timestamps of a virtual call begin: both wrap soon. */
const FIRST = { sequence: 65_500, timestamp: 0xffff_0000 };

/**
 * Plays a pattern of arrivals into a receiver on virtual time.
 *
 * @param phase milliseconds between the beginning and the first turn of the playout clock
 */
export function virtualCall(arrivals: readonly ArrivingPacket[], phase = 7): VirtualCall {
  const codec = new NumberCodec();
  const receiver = new Receiver(codec, new HalfDuplex());
  const turns: { at: number; delay: number; target: number }[] = [];
  const end = arrivals.at(-1)!.at;
  let next = 0;
  for (let at = phase; at < end;) {
    for (; next < arrivals.length && arrivals[next]!.at <= at; next++) {
      const { frame, at: arrived } = arrivals[next]!;
      const packet = rtpPacket({
        sequence: (FIRST.sequence + frame) % 0x1_0000,
        timestamp: (FIRST.timestamp + frame * FRAME_SAMPLES) % 0x1_0000_0000,
        payload: numberPayload(frame),
      });
      receiver.receive(packet, arrived);
    }
    const frame = receiver.playout(at);
    if (codec.heard.length > 0) {
      turns.push({ at, delay: receiver.buffer.delay, target: receiver.buffer.target });
    }
    at += frame.length / SAMPLES_PER_MS;
  }
  const { recentLoss, jitter } = receiver.statistics;
  return { turns, counters: receiver.counters, recentLoss, jitter, heard: codec.heard };
}
