import type { OverlayReport } from "../../overlay/reports.ts";
import { clockTime } from "../text/clock_time.ts";
import { printable } from "../text/printable.ts";
import { duration } from "./duration.ts";
import type { OverlayViewContext, ReportOf } from "./overlay_context.ts";
import { fateLines } from "./overlay_fate.ts";
import { connectFailed, neighbourDown, neighbourUp } from "./overlay_links.ts";
import { ownMetrics, peerMetrics, unanswered } from "./overlay_metrics.ts";
import { peersTable, routesTable } from "./overlay_tables.ts";
import { peerCommand, peerLabel } from "./peer_label.ts";
import { protocolLine } from "./protocol_line.ts";
import { reasonText } from "./reason.ts";

/** Who a line is from or for before the handshake has told. */
const NOBODY_YET = "?";

/**
 * What a report of the overlay looks like: lines to print, none for what only the log is told.
 * Everything that others sent goes through `printable`.
 *
 * @param at the time of the report in milliseconds since 1970
 */
export function overlayLines(
  report: OverlayReport,
  context: OverlayViewContext,
  at: number,
): string[] {
  const { say, paint, self, rendezvous, registered } = context;
  switch (report.kind) {
    case "message":
      return [messageLine(report, context, at)];
    case "fate":
      return fateLines(report, context);
    case "neighbour_up":
      return neighbourUp(report, context);
    case "neighbour_down":
      return neighbourDown(report, context);
    case "connect_failed":
      return connectFailed(report, context);
    case "connected":
      return [paint.good(say("overlay.connected", { peer: peerLabel(report.peer, paint) }))];
    case "disconnected":
      return [say("overlay.disconnected", {
        peer: peerLabel(report.peer, paint),
        command: peerCommand("connect", report.peer),
      })];
    case "route_found":
      return routeFound(report, context);
    case "route_lost":
      return routeLost(report, context);
    case "routes":
      return routesTable(report, context);
    case "peers":
      return peersTable(report, context);
    case "pong":
      return [say("overlay.pong", {
        peer: peerLabel(report.peer, paint),
        time: duration(report.ms, say),
      })];
    case "metrics":
      return peerMetrics(report, context);
    case "own_metrics":
      return ownMetrics(report, context);
    case "unanswered":
      return unanswered(report, context);
    case "watching":
      return [say(report.on ? "overlay.watching.on" : "overlay.watching.off")];
    case "watched": {
      const who = report.peer === "" ? NOBODY_YET : report.peer;
      return [protocolLine({ direction: report.direction, who, text: report.line }, at, paint)];
    }
    case "registered":
      return registered ? [] : [paint.dim(say("overlay.registered", { self: printable(self) }))];
    case "registration_refused":
      return [paint.warn(say("overlay.registration_refused", {
        rendezvous,
        reason: reasonText(report.reason, say),
      }))];
    case "rendezvous_lost":
      return [paint.warn(say("overlay.rendezvous_lost", {
        rendezvous,
        reason: reasonText(report.reason, say),
      }))];
    case "rendezvous_back":
      return [paint.good(say("overlay.rendezvous_back", { rendezvous }))];
    // What a neighbour complains of is told by the fate of the message; a hostile one could
    // complain without end. The log has it, and `/watch on` shows it.
    case "remote_error":
    // The program says goodbye itself.
    case "finished":
      return [];
  }
}

/** `12:03:04 [#UnB, via rui@Giga] alice@UnB: text`. */
function messageLine(
  { from, to, text, via }: ReportOf<"message">,
  { say, paint }: OverlayViewContext,
  at: number,
): string {
  const target = to === "*" || to.startsWith("#") ? printable(to) : say("overlay.mark.you");
  const mark = via === null
    ? target
    : say("overlay.mark.via", { target, relay: peerLabel(via, paint) });
  const head = `${paint.dim(clockTime(at))} ${paint.dim("[")}${mark}${paint.dim("]")}`;
  return `${head} ${peerLabel(from, paint)}: ${printable(text)}`;
}

/** Routes are also found for others, whose messages pass here: told are those of the person. */
function routeFound(
  { dst, next, hops }: ReportOf<"route_found">,
  { say, paint, concerns }: OverlayViewContext,
): string[] {
  if (!concerns(dst)) return [];
  const values = { dst: peerLabel(dst, paint), relay: peerLabel(next, paint) };
  return [say.count("overlay.route.found", hops, values)];
}

function routeLost(
  { dst, next }: ReportOf<"route_lost">,
  { say, paint, concerns }: OverlayViewContext,
): string[] {
  if (!concerns(dst)) return [];
  return [paint.warn(say("overlay.route.lost", {
    dst: peerLabel(dst, paint),
    relay: peerLabel(next, paint),
  }))];
}
