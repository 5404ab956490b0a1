import { ORIGIN_TTL, type PeerId, type RelayNote } from "../protocol/overlay.ts";
import type { Core } from "./core.ts";
import type { Neighbour } from "./neighbour.ts";

/** Why a relay could not pass a message on, as RELAY_FAIL says it. */
export type RelayFault = "no_route" | "busy" | "link_lost" | "loop" | "duplicate_id" | "too_long";

/** Tells the neighbour that handed over a SEND that it went on: soon, with the ACK if that comes. */
export function tellRelayed(
  core: Core,
  neighbour: Neighbour,
  id: string,
  dst: PeerId,
  now: number,
): void {
  tell(core, neighbour, "RELAY_OK", id, dst, "", now, "note");
}

/**
 * Tells the neighbour that handed over a SEND that it did not get through: RELAY_FAIL, and the error
 * for programs that know only errors, where there is a code for it.
 */
export function tellFailed(
  core: Core,
  neighbour: Neighbour,
  id: string,
  dst: PeerId,
  reason: string,
  now: number,
): void {
  core.counters.relayFailed += 1;
  tell(core, neighbour, "RELAY_FAIL", id, dst, reason, now);
  const code = reason === "busy" ? "busy" : "no_route";
  core.links.error(neighbour, code, id, `${dst} not reachable`, now);
}

/** Tells the neighbour that handed over a message for another peer that it had no hops left. */
export function tellTtlExpired(
  core: Core,
  neighbour: Neighbour,
  id: string,
  dst: PeerId,
  now: number,
): void {
  core.counters.ttlExpired += 1;
  tell(core, neighbour, "TTL_EXPIRED", id, dst, "ttl_expired", now);
}

function tell(
  core: Core,
  neighbour: Neighbour,
  type: RelayNote["type"],
  msg_id: string,
  dst: PeerId,
  reason: string,
  now: number,
  urgency: "answer" | "note" = "answer",
): void {
  const note: RelayNote = { type, msg_id, src: core.self, dst, reason, ttl: ORIGIN_TTL };
  core.links.answer(neighbour, note, now, urgency);
}
