import { type PeerId, peerIdOf, splitPeerId } from "../protocol/overlay.ts";
import type { ListedPeer } from "./contract.ts";
import type { Core } from "./core.ts";
import type { PeerRow } from "./reports.ts";

/**
 * The peers for a person: those listed, in their order, then the neighbours that are not.
 *
 * @param namespace only these, or undefined for all
 */
export function peerRows(
  core: Core,
  listed: readonly ListedPeer[],
  namespace: string | undefined,
  now: number,
): readonly PeerRow[] {
  const rows = new Map<PeerId, PeerRow>();
  for (const { name, namespace: in_, ip, port } of listed) {
    const peer = peerIdOf(name, in_);
    if (peer === core.self) continue;
    rows.set(peer, { peer, address: { ip, port }, connection: connectionTo(core, peer, now) });
  }
  for (const { peer } of core.links.neighbours()) {
    if (rows.has(peer)) continue;
    if (namespace !== undefined && splitPeerId(peer).namespace !== namespace) continue;
    rows.set(peer, { peer, address: null, connection: connectionTo(core, peer, now) });
  }
  return [...rows.values()];
}

function connectionTo(core: Core, peer: PeerId, now: number): PeerRow["connection"] {
  const neighbour = core.links.to(peer);
  if (neighbour === undefined) return null;
  const { outbound, rtt, since, queue } = neighbour;
  return { outbound, rtt, for: now - since, queued: queue.length };
}
