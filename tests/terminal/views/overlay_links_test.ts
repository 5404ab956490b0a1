import { deepEqual, equal, ok } from "node:assert/strict";
import type { DialFault, DownReason } from "../../../lib/overlay/reports.ts";
import { shown } from "./overlay_context.ts";

const up = (peer: string) =>
  ({ kind: "neighbour_up", peer, outbound: true, features: ["relay"] }) as const;
const down = (peer: string, reason: DownReason) =>
  ({ kind: "neighbour_down", peer, reason }) as const;

Deno.test("neighbours: the first, the last, and those that the person has to do with are told", () => {
  deepEqual(shown(up("rui@Giga"), { neighbours: 1 }), [
    "You are in the peer network, connected to rui@Giga.",
  ]);
  deepEqual(shown(up("rui@Giga"), { neighbours: 2 }), []);
  deepEqual(shown(up("bia@UnB"), { neighbours: 2 }), [
    "There is a direct connection to bia@UnB now.",
  ]);
  deepEqual(shown(down("rui@Giga", "reset"), { neighbours: 1 }), []);
  deepEqual(shown(down("bia@UnB", "reset"), { neighbours: 1 }), [
    "There is no direct connection to bia@UnB any more (it broke). Messages look for another way.",
  ]);
  deepEqual(shown(down("rui@Giga", "silent"), { neighbours: 0 }), [
    "The connection to rui@Giga is gone (no answer for too long), and it was the last. Others are being looked for.",
  ]);
});

Deno.test("neighbours: what the person ended is told once, by the answer", () => {
  deepEqual(shown(down("bia@UnB", "quit"), { neighbours: 0 }), []);
  deepEqual(shown(down("bia@UnB", "disconnected"), { neighbours: 1 }), []);
  equal(shown(down("bia@UnB", "disconnected"), { neighbours: 0 }).length, 1);
});

const FAULTS: Readonly<Record<DialFault, RegExp>> = {
  unreachable: /firewall.*\/msg @bia@UnB …/,
  handshake_timeout: /did not say who it is.*\/connect bia@UnB/,
  closed: /ended the connection.*\/connect bia@UnB/,
  refused: /refused the connection \(busy␇\)/,
  own_id: /is you/,
  other_peer: /Another peer, busy␇,/,
  unknown_peer: /not registered, or the rendezvous does not answer.*\/peers \*/,
  too_many: /\/disconnect/,
};

Deno.test("connect_failed: told with the way out where it was asked for, else not", () => {
  for (const [fault, words] of Object.entries(FAULTS) as [DialFault, RegExp][]) {
    const report = { kind: "connect_failed", peer: "bia@UnB", fault, detail: "busy\x07" } as const;
    const [line] = shown({ ...report, tag: 1 });
    ok(words.test(line!), line);
    deepEqual(shown({ ...report, tag: null }), []);
  }
});
