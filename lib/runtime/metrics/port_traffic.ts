import type { CloseReason } from "../../base/link.ts";

/** What went through one port since the server began: integers that are only added to. */
export class PortTraffic {
  accepted = 0;
  /** Connections that were closed unserved, because a cap was reached. */
  refused = 0;
  /** Attempts to accept that failed because the system had run out of something. */
  acceptsFailed = 0;
  linesReceived = 0;
  linesSent = 0;
  linesTooLong = 0;
  /** By the other side or by the network; `stalled` is a full or stuck send queue. */
  readonly ended: Record<CloseReason, number> = { end_of_file: 0, reset: 0, stalled: 0 };
  /** By the server: in order, or cut. */
  closed = 0;
  cut = 0;
}
