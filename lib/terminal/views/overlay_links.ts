import type { DialFault, DownReason } from "../../overlay/reports.ts";
import type { MessageKey } from "../messages/sentence.ts";
import { printable } from "../text/printable.ts";
import type { OverlayViewContext, ReportOf } from "./overlay_context.ts";
import { peerCommand, peerLabel } from "./peer_label.ts";
import { reasonText } from "./reason.ts";

const DOWN: Readonly<Record<DownReason, MessageKey & `overlay.down.${string}`>> = {
  end_of_file: "overlay.down.end_of_file",
  reset: "overlay.down.reset",
  stalled: "overlay.down.stalled",
  silent: "overlay.down.silent",
  bye_received: "overlay.down.bye_received",
  disconnected: "overlay.down.own",
  quit: "overlay.down.own",
};

/**
 * A new neighbour. Neighbours come and go by themselves, and a stranger could do so all day: told
 * are the first one and those that the person has to do with. `/peers` shows them all.
 */
export function neighbourUp(
  { peer }: ReportOf<"neighbour_up">,
  { say, paint, neighbours, concerns }: OverlayViewContext,
): string[] {
  const name = peerLabel(peer, paint);
  if (neighbours === 1) return [paint.good(say("overlay.neighbour.first", { peer: name }))];
  return concerns(peer) ? [say("overlay.neighbour.up", { peer: name })] : [];
}

/** A neighbour is gone: told of the last one and of those that the person has to do with. */
export function neighbourDown(
  { peer, reason }: ReportOf<"neighbour_down">,
  { say, paint, neighbours, concerns }: OverlayViewContext,
): string[] {
  // The person ended the program, and it is ending.
  if (reason === "quit") return [];
  const values = { peer: peerLabel(peer, paint), reason: say(DOWN[reason]) };
  if (neighbours === 0) return [paint.warn(say("overlay.neighbour.last", values))];
  // The answer to `/disconnect` says it.
  if (reason === "disconnected" || !concerns(peer)) return [];
  return [paint.warn(say("overlay.neighbour.down", values))];
}

/** A connection that did not come to be: told of where the person had asked for it. */
export function connectFailed(
  { tag, peer, fault, detail }: ReportOf<"connect_failed">,
  context: OverlayViewContext,
): string[] {
  if (tag === null) return [];
  return [context.paint.warn(dialFault(fault, peer, detail, context))];
}

function dialFault(
  fault: DialFault,
  id: string,
  detail: string,
  { say }: OverlayViewContext,
): string {
  const peer = printable(id);
  const again = peerCommand("connect", id);
  const list = "/peers *";
  switch (fault) {
    case "unreachable":
      return say("overlay.dial.unreachable", { peer, command: peerCommand("msg", id) });
    case "handshake_timeout":
      return say("overlay.dial.handshake_timeout", { peer, command: again });
    case "closed":
      return say("overlay.dial.closed", { peer, command: again });
    case "refused":
      return say("overlay.dial.refused", { peer, reason: reasonText(detail, say), command: again });
    case "own_id":
      return say("overlay.dial.own_id", { peer, command: list });
    case "other_peer":
      return say("overlay.dial.other_peer", { peer, other: printable(detail), command: list });
    case "unknown_peer":
      return say("overlay.dial.unknown_peer", { peer, command: list });
    case "too_many":
      return say("overlay.dial.too_many", { peer });
  }
}
