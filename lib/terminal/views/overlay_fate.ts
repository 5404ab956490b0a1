import type { SendFault } from "../../overlay/reports.ts";
import { printable } from "../text/printable.ts";
import { duration } from "./duration.ts";
import type { OverlayViewContext, ReportOf } from "./overlay_context.ts";
import { peerCommand, peerLabel } from "./peer_label.ts";

/**
 * How a sent message ended: delivered and by which way, published to how many, or not delivered,
 * why, and what to do. A text that did not get through is repeated, so that it is not lost.
 */
export function fateLines(report: ReportOf<"fate">, context: OverlayViewContext): string[] {
  const { say, paint, asked } = context;
  const { outcome } = report;
  const to = peerLabel(report.to, paint);
  switch (outcome.kind) {
    case "delivered": {
      const time = duration(outcome.ms, say);
      const how = outcome.via === null
        ? say("overlay.delivered.direct", { to, time })
        : say.count("overlay.delivered.via", outcome.hops, {
          to,
          time,
          relay: peerLabel(outcome.via, paint),
        });
      return [`${paint.good("✓")} ${how}`];
    }
    case "unacknowledged":
      return [
        outcome.via === null
          ? say("overlay.unacknowledged", { to })
          : say("overlay.unacknowledged.via", { to, relay: peerLabel(outcome.via, paint) }),
      ];
    case "published":
      return [
        `${paint.good("✓")} ${say.count("overlay.published", outcome.neighbours, { to })}`,
        ...outcome.refused > 0
          ? [paint.warn(say.count("overlay.published.refused", outcome.refused))]
          : [],
      ];
    case "not_delivered": {
      const why = sendFault(outcome.fault, report.to, context);
      const said = paint.error(say("overlay.not_delivered", { to: printable(report.to), why }));
      return asked?.kind === "send"
        ? [said, paint.dim(say("overlay.your_text", { text: printable(asked.text) }))]
        : [said];
    }
  }
}

function sendFault(fault: SendFault, to: string, { say }: OverlayViewContext): string {
  const connect = peerCommand("connect", to);
  switch (fault) {
    case "no_route":
      return say("overlay.fault.no_route", { peers: "/peers *", connect });
    case "ack_timeout":
      return say("overlay.fault.ack_timeout");
    case "ttl_expired":
      return say("overlay.fault.ttl_expired", { connect });
    case "busy":
      return say("overlay.fault.busy");
    case "too_long":
      return say("overlay.fault.too_long");
    case "no_neighbours":
      return say("overlay.fault.no_neighbours", { peers: "/peers *" });
    case "own_id":
      return say("overlay.fault.own_id", { peers: "/peers *" });
    case "bad_target":
      return say("overlay.fault.bad_target", { help: "/help msg" });
    case "relay_failed":
      return say("overlay.fault.relay_failed");
    case "quitting":
      return say("overlay.fault.quitting");
  }
}
