/**
 * Strangers who send much to a peer: the honest user beside them is answered and read.
 *
 * @module
 */
import assert from "node:assert/strict";
import { LIMITS } from "../../lib/base/limits.ts";
import { MIB, SECOND } from "../../lib/base/units.ts";
import { CALL_LIMITS } from "../../lib/call/limits.ts";
import type { Attack } from "./attack.ts";
import { conduct, type Report, summary } from "./conduct.ts";
import { peerConnections } from "./peer_connections.ts";
import { peerDatagrams } from "./peer_datagrams.ts";
import { peerLines } from "./peer_lines.ts";
import { peerOverlayFlood } from "./peer_overlay_flood.ts";
import type { PeerTarget } from "./peer_target.ts";

const TIMING = { before: 200, attack: 800 };
/** What a peer may grow by under any attack: its caps together are below that. */
const MOST_GROWTH = 150 * MIB;

async function attacked(attack: Attack<PeerTarget>): Promise<Report> {
  const report = await conduct(attack, TIMING);
  console.log(summary(report), report.observed, Object.fromEntries(report.counted));
  const { before, most } = report.memory;
  assert.ok(most - before < MOST_GROWTH, `${before} grew to ${most}`);
  return report;
}

Deno.test("attack: connections of one address leave room for others", async () => {
  const { observed, counted } = await attacked(peerConnections);
  assert.ok(Number(observed["kept"]) <= LIMITS.peerConnectionsPerIp);
  assert.ok(Number(observed["closed at once"]) > 0);
  assert.ok(counted.get("connections refused")! > 0);
});

Deno.test("attack: long lines and texts that are none end at most their connection", async () => {
  const { observed, counted } = await attacked(peerLines);
  assert.ok(Number(observed["texts shown"]) > 0);
  assert.ok(counted.get("chat dropped")! >= 2);
});

Deno.test("attack: neighbours that flood are held to their quota", async () => {
  const { observed, counted } = await attacked(peerOverlayFlood);
  assert.ok(Number(observed["forged texts shown"]) > 0);
  assert.equal(observed["of these without the way they came"], 0);
  assert.ok(counted.get("overlay dropped quota")! > 0);
});

Deno.test("attack: datagrams without end ring a few times and are counted", async () => {
  const { observed, counted } = await attacked(peerDatagrams);
  const { rate, burst } = CALL_LIMITS.rings;
  // The clock goes on while a busy machine gets to it.
  const most = burst + 60 * SECOND / SECOND * rate;
  assert.ok(Number(observed["rings"]) >= 1 && Number(observed["rings"]) <= most);
  for (const kind of ["malformed", "unasked", "flooded"]) {
    assert.ok(counted.get(`calls dropped ${kind}`)! > 0, kind);
  }
  assert.ok(counted.get("music dropped")! > 0);
});
