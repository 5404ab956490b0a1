/**
 * How a network delivers one voice: seeded patterns of arrival, the same in every run.
 *
 * @module
 */
import { type Random, seededRandom } from "../../lib/base/random.ts";
import { FRAME_MS } from "../../lib/media/frame.ts";

/** One packet that arrives. */
export interface ArrivingPacket {
  /** Which frame it holds, from 0. */
  readonly frame: number;
  /** When it arrives, in milliseconds of the receiver's clock. */
  readonly at: number;
}

/** What a path does to packets. */
export interface Path {
  /** Milliseconds of every packet's way. */
  readonly transit?: number;
  /** Milliseconds that are added to it, for the packet sent at a time. */
  readonly delay?: (random: Random, sentAt: number) => number;
  /** Part of the datagrams that are lost. */
  readonly loss?: number;
  /** By how much the sender's clock is too fast, in millionths. */
  readonly drift?: number;
  /** Part of the packets that arrive twice. */
  readonly doubled?: number;
}

/** When the burst pattern holds packets back: 200 ms from here on, every 10 s. */
export const BURST = { first: 5000, every: 10_000, length: 200 } as const;

/** Normally distributed delay, never negative: the mean of twelve uniform numbers. */
const normal = (deviation: number) => (random: Random) => {
  let sum = -6;
  for (let n = 0; n < 12; n++) sum += random();
  return Math.max(0, 2 * deviation + sum * deviation);
};

/** The patterns that the media path is measured against. */
export const PATHS = {
  steady: {},
  "jitter 30 ms": { delay: (random) => 30 * random() },
  "normal jitter 15 ms": { delay: normal(15) },
  burst: {
    delay: (_, sentAt) => {
      const into = (sentAt - BURST.first) % BURST.every;
      return sentAt >= BURST.first && into < BURST.length ? BURST.length - into : 0;
    },
  },
  "drift +200 ppm": { drift: 200 },
  "drift -200 ppm": { drift: -200 },
  "loss 1 %": { loss: 0.01 },
  "loss 5 %": { loss: 0.05 },
  "loss 10 %": { loss: 0.1 },
  "loss 20 %": { loss: 0.2 },
  "loss 10 %, jitter 30 ms": { loss: 0.1, delay: (random) => 30 * random() },
  "every packet twice": { doubled: 1 },
} as const satisfies Readonly<Record<string, Path>>;

/** The packets of so many seconds of one voice, in the order of their arrival. */
export function arrivals(path: Path, seconds: number, seed = 1): ArrivingPacket[] {
  const random = seededRandom(seed);
  const packets: ArrivingPacket[] = [];
  const step = FRAME_MS / (1 + (path.drift ?? 0) / 1e6);
  for (let frame = 0; frame * step < seconds * 1000; frame++) {
    for (let copy = 0; copy < (random() < (path.doubled ?? 0) ? 2 : 1); copy++) {
      if (random() < (path.loss ?? 0)) continue;
      const sentAt = frame * step;
      packets.push({
        frame,
        at: sentAt + (path.transit ?? 20) + (path.delay?.(random, sentAt) ?? 0),
      });
    }
  }
  return packets.sort((one, other) => one.at - other.at);
}
