import { SAMPLE_RATE, SAMPLES_PER_MS } from "../../../lib/media/frame.ts";
import {
  type Both,
  type EndedCall,
  otherOf,
  type Side,
} from "../../processes/call_rig/call_pair.ts";
import { FileCall, type HeardCall } from "../../processes/call_rig/file_call.ts";
import type { Impairment } from "../../processes/call_rig/impairment.ts";
import { symmetricPath } from "../../processes/call_rig/udp_proxy.ts";
import { percentile } from "../figures.ts";
import { intelligibility } from "../stoi.ts";
import { alignedWindows, type FoundWindow, foundWindows } from "./mouth_to_ear.ts";

/** How one side heard the other. */
export interface Hearing {
  /** From mouth to ear, in milliseconds: of the median second of speech. */
  readonly median: number;
  /** The same that 95 % of them stay within. */
  readonly late: number;
  /** How much was understood: STOI, 0–1. */
  readonly score: number;
}

/** How one side heard the other, and what that cost. */
export interface MeasuredCall extends Hearing {
  /** Processor time of this side's peer while it was connected, in percent of a core, or null. */
  readonly cpu: number | null;
}

/**
 * A call between two processes with files for devices, both of which speak all the time; what it
 * was for each of them.
 *
 * @param seed of what is random on the way
 */
export async function measureCall(
  said: Both<Int16Array>,
  impairment: Partial<Impairment>,
  seed: number,
): Promise<Both<MeasuredCall>> {
  await using call = await FileCall.start(said, symmetricPath(impairment, seed));
  await call.pair.connect();
  await call.spoken();
  const ended = await call.pair.hangUp();
  const heard = hearings(said, await call.leave());
  const measured = (side: Side): MeasuredCall => {
    return { ...heard[side], cpu: cpuPercent(ended[side]) };
  };
  return { caller: measured("caller"), callee: measured("callee") };
}

/** The processor time of a peer while it was connected, in percent of a core, or null. */
export function cpuPercent({ cpu, duration }: EndedCall): number | null {
  return cpu === null ? null : 100 * cpu / duration;
}

/** How each of two heard what the other said. */
export function hearings(said: Both<Int16Array>, calls: Both<HeardCall>): Both<Hearing> {
  const of = (side: Side): Hearing => {
    const { heard, heardAt } = calls[side];
    const { saidFrom } = calls[otherOf(side)];
    return hearing(said[otherOf(side)], heard, ({ middle, lag }) => {
      return heardAt(middle + lag) - (saidFrom + middle / SAMPLES_PER_MS);
    });
  };
  return { caller: of("caller"), callee: of("callee") };
}

/**
 * How speech was heard.
 *
 * @param delayOf milliseconds from mouth to ear of a window
 * @throws {Error} where none of it was heard
 */
export function hearing(
  said: Int16Array,
  heard: Int16Array,
  delayOf: (window: FoundWindow) => number,
): Hearing {
  const windows = foundWindows(said, heard);
  if (windows.length === 0) throw new Error("nothing of what was said was heard");
  const delays = windows.map(delayOf);
  const score = intelligibility(said, alignedWindows(said, heard, windows), SAMPLE_RATE);
  return { median: percentile(delays, 0.5), late: percentile(delays, 0.95), score };
}
