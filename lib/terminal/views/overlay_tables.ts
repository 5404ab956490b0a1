import type { PeerRow, RouteRow } from "../../overlay/reports.ts";
import { printable } from "../text/printable.ts";
import { formatTable } from "../text/table.ts";
import { ago, duration } from "./duration.ts";
import type { OverlayViewContext, ReportOf } from "./overlay_context.ts";
import { peerLabel } from "./peer_label.ts";
import { reasonText } from "./reason.ts";

/** Rows of a table at once: what a person may still look through. */
const MOST_ROWS = 200;
const NOTHING = "–";

/** `/routes`: the neighbours, then where messages to the others go, the best way first. */
export function routesTable(
  { neighbours, routes }: ReportOf<"routes">,
  context: OverlayViewContext,
): string[] {
  const { say, paint, columns } = context;
  const rows = [
    ...neighbours.map((neighbour) => neighbourCells(neighbour, context)),
    ...routes.map((route) => routeCells(route, context)),
  ];
  if (rows.length === 0) return [say("overlay.routes.none")];
  return [
    ...formatTable({
      header: [
        say("overlay.routes.dst"),
        say("overlay.routes.next"),
        say("overlay.routes.via"),
        say("overlay.routes.hops"),
        say("overlay.routes.age"),
        say("overlay.routes.rtt"),
        say("overlay.routes.success"),
      ].map(paint.bold),
      rows: rows.slice(0, MOST_ROWS),
      align: ["left", "left", "left", "right", "right", "right", "right"],
      columns,
    }),
    ...more(rows.length, context),
  ];
}

/** A neighbour is its own next hop. */
function neighbourCells(
  { peer, connection }: PeerRow,
  { say, paint }: OverlayViewContext,
): string[] {
  const name = peerLabel(peer, paint);
  const rtt = connection?.rtt ?? null;
  return [
    name,
    name,
    say("overlay.routes.direct"),
    "1",
    connection === null ? NOTHING : ago(connection.for, say),
    rtt === null ? NOTHING : duration(rtt, say),
    NOTHING,
  ];
}

function routeCells(route: RouteRow, { say, paint }: OverlayViewContext): string[] {
  const { dst, next, via, hops, age, rtt, delivered, failed } = route;
  const tried = delivered + failed;
  return [
    peerLabel(dst, paint),
    peerLabel(next, paint),
    peerLabel(via, paint),
    String(hops),
    ago(age, say),
    rtt === null ? NOTHING : duration(rtt, say),
    tried === 0 ? NOTHING : say("overlay.routes.share", { delivered, tried }),
  ];
}

/** `/peers`: who is registered or connected; the connected ones first, then by name. */
export function peersTable(report: ReportOf<"peers">, context: OverlayViewContext): string[] {
  const { say, paint, columns, asked } = context;
  const { peers, fault } = report;
  const namespace = asked?.kind === "peers" ? asked.namespace : undefined;
  return [
    // Who is registered is not known there, so nothing is said of how many there are.
    fault === null
      ? peersHeading(peers.length, namespace, context)
      : paint.warn(say("overlay.peers.unasked", { reason: reasonText(fault, say) })),
    ...peers.length === 0 ? [] : formatTable({
      header: [
        say("overlay.peers.peer"),
        say("overlay.peers.connection"),
        say("overlay.peers.since"),
        say("overlay.peers.rtt"),
        say("overlay.peers.address"),
      ].map(paint.bold),
      rows: sorted(peers).slice(0, MOST_ROWS).map((row) => peerCells(row, context)),
      align: ["left", "left", "right", "right", "left"],
      columns,
    }),
    ...more(peers.length, context),
  ];
}

function peersHeading(
  count: number,
  namespace: string | undefined,
  { say }: OverlayViewContext,
): string {
  if (namespace === undefined) {
    return count === 0 ? say("overlay.peers.all.none") : say.count("overlay.peers.all", count);
  }
  const shown = printable(namespace);
  return count === 0
    ? say("overlay.peers.in.none", { namespace: shown, command: "/peers *" })
    : say.count("overlay.peers.in", count, { namespace: shown });
}

function sorted(peers: readonly PeerRow[]): readonly PeerRow[] {
  const connected = ({ connection }: PeerRow) => connection === null ? 1 : 0;
  return peers.toSorted((one, other) =>
    connected(one) - connected(other) || one.peer.localeCompare(other.peer)
  );
}

function peerCells({ peer, address, connection }: PeerRow, context: OverlayViewContext): string[] {
  const { say, paint } = context;
  const at = address === null
    ? say("overlay.peers.unregistered")
    : printable(address.ip.includes(":") ? `[${address.ip}]` : address.ip) + `:${address.port}`;
  if (connection === null) return [peerLabel(peer, paint), NOTHING, NOTHING, NOTHING, at];
  const { outbound, queued, rtt } = connection;
  const by = say(outbound ? "overlay.peers.by_you" : "overlay.peers.by_them");
  return [
    peerLabel(peer, paint),
    paint.good(
      queued === 0 ? by : say("overlay.peers.waiting", { connection: by, count: queued }),
    ),
    ago(connection.for, say),
    rtt === null ? NOTHING : duration(rtt, say),
    at,
  ];
}

function more(count: number, { say, paint }: OverlayViewContext): string[] {
  return count > MOST_ROWS ? [paint.dim(say.count("overlay.peers.more", count - MOST_ROWS))] : [];
}
