import { LIMITS } from "../../lib/base/limits.ts";
import { KIB } from "../../lib/base/units.ts";

/** How a stream link between two hosts behaves. Times in milliseconds, the same both ways. */
export interface StreamPath {
  /** One way. */
  readonly delay: number;
  /** Most that is added to the delay, evenly spread; lines stay in order. */
  readonly jitter: number;
  /** Bytes per millisecond. */
  readonly bandwidth: number;
  /** Bytes on their way or unread at the receiver before the sender's process has to wait. */
  readonly socketBuffer: number;
  /** Bytes waiting in the sender's process above which it gives the link up. */
  readonly sendQueueBytes: number;
  /** Time without progress after which the sender's process gives the link up. */
  readonly sendStall: number;
  /** Mean time until a link breaks by itself (exponential); Infinity for never. */
  readonly lifetime: number;
}

/** A good link within a continent. */
export const USUAL_PATH: StreamPath = {
  delay: 20,
  jitter: 5,
  bandwidth: 1250,
  socketBuffer: 256 * KIB,
  sendQueueBytes: LIMITS.sendQueueBytes,
  sendStall: LIMITS.sendStall,
  lifetime: Infinity,
};
