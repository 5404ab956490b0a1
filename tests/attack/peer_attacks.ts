import type { Attack } from "./attack.ts";
import { peerConnections } from "./peer_connections.ts";
import { peerDatagrams } from "./peer_datagrams.ts";
import { peerLines } from "./peer_lines.ts";
import { peerOverlayFlood } from "./peer_overlay_flood.ts";
import type { PeerTarget } from "./peer_target.ts";

/** Attacks on a `peer` process. */
export const PEER_ATTACKS: readonly Attack<PeerTarget>[] = [
  peerConnections,
  peerLines,
  peerOverlayFlood,
  peerDatagrams,
];
