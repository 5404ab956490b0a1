import type { PeerId } from "../protocol/overlay.ts";
import { OVERLAY_LIMITS } from "./limits.ts";
import type { Neighbour } from "./neighbour.ts";

/** What becomes of a second link to the same peer. */
export type DuplicateVerdict =
  /** The new link takes over and the old one says goodbye. */
  | "keep_new"
  /** The new link says goodbye. */
  | "keep_old"
  /** The new link is no business of the peer that has the old one. */
  | "refuse_new";

/**
 * The duplicate-link rule (`protocols/overlay.md`): of two connections between the same two peers
 * the one opened by the smaller id stays, so that both sides keep the same one.
 *
 * Two that the same side opened are a peer that came back before its old connection was missed: the
 * new one takes over where it comes from the same address. From another address it would let
 * anybody push out a peer by using its id, and is refused. So is one from another address that the
 * other side opened when the old one has stood for longer than two can cross.
 */
export function judgeDuplicate(
  self: PeerId,
  old: Neighbour,
  fresh: Neighbour,
  now: number,
): DuplicateVerdict {
  const sameAddress = old.ip === fresh.ip;
  if (old.outbound === fresh.outbound) return sameAddress ? "keep_new" : "refuse_new";
  if (!sameAddress && now - old.since > OVERLAY_LIMITS.handshake) return "refuse_new";
  return fresh.outbound === isSmaller(self, fresh.peer) ? "keep_new" : "keep_old";
}

/** Whether one id comes before another in the order of their UTF-8 bytes, that of code points. */
function isSmaller(one: PeerId, other: PeerId): boolean {
  const [left, right] = [[...one], [...other]];
  const at = left.findIndex((character, index) => character !== right[index]);
  if (at < 0) return left.length < right.length;
  return at < right.length && left[at]!.codePointAt(0)! < right[at]!.codePointAt(0)!;
}
