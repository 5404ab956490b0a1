import type { StateTable } from "../base/state_table.ts";

/**
 * A stream at its source. `unproven`: the address has not shown that it receives, and gets a few
 * pings only.
 */
export type OutgoingState = "unproven" | "sending" | "paused" | "ended";
/** What moves it: the listener's word, its silence, or our own end. */
export type OutgoingEvent = "acked" | "pause" | "resume" | "stop" | "silence" | "end";

/** The stream at its source; the diagram in the documentation is made from it. */
export const OUTGOING: StateTable<OutgoingState, OutgoingEvent> = {
  unproven: { acked: "sending", stop: "ended", silence: "ended", end: "ended" },
  sending: { pause: "paused", stop: "ended", silence: "ended", end: "ended" },
  paused: { resume: "sending", stop: "ended", silence: "ended", end: "ended" },
  ended: {},
};

/** A file on its way to us, from whichever source. `resting`: every source needs a moment. */
export type ReceptionState =
  | "idle"
  | "asking"
  | "receiving"
  | "resting"
  | "complete"
  | "failed"
  | "cancelled";
/** What moves it. `source_lost` leaves others to ask; `sources_lost` leaves none. */
export type ReceptionEvent =
  | "ask"
  | "packet"
  | "source_lost"
  | "sources_lost"
  | "seek"
  | "complete"
  | "cancel";

/** The file at its listener; the diagram in the documentation is made from it. */
export const RECEPTION: StateTable<ReceptionState, ReceptionEvent> = {
  idle: { ask: "asking", sources_lost: "failed", complete: "complete", cancel: "cancelled" },
  asking: {
    packet: "receiving",
    source_lost: "resting",
    sources_lost: "failed",
    seek: "resting",
    cancel: "cancelled",
  },
  receiving: {
    complete: "complete",
    source_lost: "resting",
    sources_lost: "failed",
    seek: "resting",
    cancel: "cancelled",
  },
  resting: { ask: "asking", sources_lost: "failed", cancel: "cancelled" },
  complete: {},
  failed: {},
  cancelled: {},
};
