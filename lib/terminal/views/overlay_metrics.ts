import type { CounterValues } from "../../overlay/counters.ts";
import type { MessageKey } from "../messages/sentence.ts";
import { clockTime } from "../text/clock_time.ts";
import { printable } from "../text/printable.ts";
import { formatTable } from "../text/table.ts";
import { cutToWidth } from "../text/width.ts";
import { duration } from "./duration.ts";
import type { OverlayViewContext, ReportOf } from "./overlay_context.ts";
import { peerCommand, peerLabel } from "./peer_label.ts";

/** What a counter is called, in the order of the table: one's own messages first. */
const COUNTERS: Readonly<Record<keyof CounterValues, MessageKey & `overlay.count.${string}`>> = {
  delivered: "overlay.count.delivered",
  notDelivered: "overlay.count.notDelivered",
  retransmitted: "overlay.count.retransmitted",
  published: "overlay.count.published",
  shown: "overlay.count.shown",
  relayed: "overlay.count.relayed",
  relayFailed: "overlay.count.relayFailed",
  flooded: "overlay.count.flooded",
  duplicates: "overlay.count.duplicates",
  received: "overlay.count.received",
  sent: "overlay.count.sent",
  ttlExpired: "overlay.count.ttlExpired",
  queueFull: "overlay.count.queueFull",
  overQuota: "overlay.count.overQuota",
  badFormat: "overlay.count.badFormat",
  lineTooLong: "overlay.count.lineTooLong",
  unknownCommand: "overlay.count.unknownCommand",
  unauthorized: "overlay.count.unauthorized",
  refusedConnections: "overlay.count.refusedConnections",
  unsolicited: "overlay.count.unsolicited",
};

/** Columns of a time that a peer spells in a way of its own. */
const FOREIGN_TIME = 40;

/** `/metrics`: what was counted here since the start. */
export function ownMetrics(
  { counters, neighbours, routes }: ReportOf<"own_metrics">,
  { say, columns }: OverlayViewContext,
): string[] {
  const counted = Object.keys(COUNTERS) as (keyof CounterValues)[];
  const [first, ...rest] = [
    [say("overlay.count.neighbours"), String(neighbours)],
    [say("overlay.count.routes"), String(routes)],
    ...counted.map((counter) => [say(COUNTERS[counter]), String(counters[counter])]),
  ];
  return formatTable({ header: first!, rows: rest, align: ["left", "right"], columns });
}

/** `/metrics name@namespace`: what a peer says. */
export function peerMetrics(
  { peer, rtt, sent, received, lastSeen }: ReportOf<"metrics">,
  { say, paint }: OverlayViewContext,
): string[] {
  return [say("overlay.metrics", {
    peer: peerLabel(peer, paint),
    rtt: rtt === null ? say("overlay.metrics.unknown") : duration(rtt, say),
    sent,
    received,
    seen: foreignTime(lastSeen) ?? say("overlay.metrics.unknown"),
  })];
}

/** A question that got no answer, and what to do. */
export function unanswered(
  { peer, fault }: ReportOf<"unanswered">,
  { say, paint }: OverlayViewContext,
): string[] {
  const name = printable(peer);
  const sentences = {
    not_connected: () =>
      say("overlay.unanswered.not_connected", {
        peer: name,
        command: peerCommand("connect", peer),
      }),
    unsupported: () => say("overlay.unanswered.unsupported", { peer: name }),
    no_answer: () => say("overlay.unanswered.no_answer", { peer: name }),
    no_route: () =>
      say("overlay.unanswered.no_route", { peer: name, command: peerCommand("msg", peer) }),
    busy: () => say("overlay.unanswered.busy", { peer: name }),
  };
  return [paint.warn(sentences[fault]())];
}

/** A time as another program wrote it: by our clock where it can be read, else as it is. */
function foreignTime(text: string): string | null {
  if (text === "") return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? cutToWidth(printable(text), FOREIGN_TIME) : clockTime(at);
}
