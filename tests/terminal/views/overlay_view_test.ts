import { deepEqual, equal, ok } from "node:assert/strict";
import { newCounters } from "../../../lib/overlay/counters.ts";
import type { OverlayReport } from "../../../lib/overlay/reports.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { sending, shown } from "./overlay_context.ts";

const message = { kind: "message", id: "m1", from: "bia@UnB", text: "oi" } as const;

Deno.test("message: when, for whom, by which way, from whom", () => {
  deepEqual(shown({ ...message, to: "ana@UnB", via: null }), ["03:04:05 [to you] bia@UnB: oi"]);
  deepEqual(shown({ ...message, to: "#UnB", via: null }), ["03:04:05 [#UnB] bia@UnB: oi"]);
  deepEqual(shown({ ...message, to: "*", via: "rui@Giga" }), [
    "03:04:05 [*, via rui@Giga] bia@UnB: oi",
  ]);
  deepEqual(shown({ ...message, to: "ana@UnB", via: "rui@Giga" }, { say: translator("pt") }), [
    "03:04:05 [para você, via rui@Giga] bia@UnB: oi",
  ]);
});

Deno.test("message: a name cannot pass for another peer's message", () => {
  deepEqual(shown({ ...message, from: "bia@UnB: eu@UnB", to: "*", via: null }), [
    '03:04:05 [*] "bia@UnB: eu@UnB": oi',
  ]);
});

Deno.test("routes found and lost: of peers that the person has to do with", () => {
  const route = { next: "rui@Giga", via: "rui@Giga", hops: 2 };
  deepEqual(shown({ kind: "route_found", dst: "bia@UnB", ...route }), [
    "bia@UnB is reached via rui@Giga now (2 hops).",
  ]);
  deepEqual(shown({ kind: "route_lost", dst: "bia@UnB", next: "rui@Giga" }), [
    "The way to bia@UnB via rui@Giga is lost. Messages look for another.",
  ]);
  deepEqual(shown({ kind: "route_found", dst: "zoe@UnB", ...route }), []);
  deepEqual(shown({ kind: "route_lost", dst: "zoe@UnB", next: "rui@Giga" }), []);
});

Deno.test("registration: said once; the rendezvous away: what still works", () => {
  const registered = { kind: "registered", seconds: 7200 } as const;
  deepEqual(shown(registered), ["You are registered as ana@UnB: that is how others reach you."]);
  deepEqual(shown(registered, { registered: true }), []);
  const [lost] = shown({ kind: "rendezvous_lost", reason: "connection refused" });
  ok(/10\.0\.0\.1:5000 .*nobody listens there.*Everything else works/.test(lost!), lost);
  deepEqual(shown({ kind: "rendezvous_back" }), ["The rendezvous 10.0.0.1:5000 answers again."]);
});

Deno.test("watched: direction, who and the line", () => {
  deepEqual(
    shown({ kind: "watched", direction: "out", peer: "bia@UnB", line: '{"type":"PING"}' }),
    [
      '03:04:05 → bia@UnB  {"type":"PING"}',
    ],
  );
  deepEqual(shown({ kind: "watched", direction: "in", peer: "", line: "x\x07" }), [
    "03:04:05 ← ?  x␇",
  ]);
});

const EVIL = "a\x1b[2J\u202e\r\n@UnB";
const row = { dst: EVIL, next: EVIL, via: EVIL, hops: 2, age: 0, rtt: 1, delivered: 0, failed: 0 };
const peerRow = { peer: EVIL, address: { ip: EVIL, port: 1 }, connection: null };
const tag = 1;

/** One report of every kind, with whatever others can put into it. */
const REPORTS: { readonly [Kind in OverlayReport["kind"]]: OverlayReport & { kind: Kind } } = {
  neighbour_up: { kind: "neighbour_up", peer: EVIL, outbound: false, features: [] },
  neighbour_down: { kind: "neighbour_down", peer: EVIL, reason: "stalled" },
  connect_failed: { kind: "connect_failed", tag, peer: EVIL, fault: "refused", detail: EVIL },
  connected: { kind: "connected", tag, peer: EVIL },
  disconnected: { kind: "disconnected", tag, peer: EVIL },
  message: { kind: "message", id: EVIL, from: EVIL, to: `#${EVIL}`, text: EVIL, via: EVIL },
  fate: {
    kind: "fate",
    tag,
    id: EVIL,
    to: EVIL,
    outcome: { kind: "not_delivered", fault: "no_route", detail: EVIL },
  },
  route_found: { kind: "route_found", dst: EVIL, next: EVIL, via: EVIL, hops: 2 },
  route_lost: { kind: "route_lost", dst: EVIL, next: EVIL },
  routes: { kind: "routes", tag, neighbours: [], routes: [row] },
  peers: { kind: "peers", tag, peers: [peerRow], fault: EVIL },
  pong: { kind: "pong", tag, peer: EVIL, ms: 1 },
  metrics: { kind: "metrics", tag, peer: EVIL, rtt: null, sent: 0, received: 0, lastSeen: EVIL },
  own_metrics: { kind: "own_metrics", tag, counters: newCounters(), neighbours: 0, routes: 0 },
  unanswered: { kind: "unanswered", tag, peer: EVIL, fault: "not_connected" },
  watching: { kind: "watching", tag, on: false },
  watched: { kind: "watched", direction: "in", peer: EVIL, line: EVIL },
  remote_error: { kind: "remote_error", peer: EVIL, code: EVIL, ref: EVIL, detail: EVIL },
  registered: { kind: "registered", seconds: 1 },
  registration_refused: { kind: "registration_refused", reason: EVIL },
  rendezvous_lost: { kind: "rendezvous_lost", reason: EVIL },
  rendezvous_back: { kind: "rendezvous_back" },
  finished: { kind: "finished", tag },
};

const SILENT = ["remote_error", "finished"];

Deno.test("every report has its view in every language, and nothing of others reaches the terminal raw", () => {
  for (const report of Object.values(REPORTS)) {
    for (const language of LANGUAGES) {
      const lines = shown(report, {
        say: translator(language),
        asked: sending(EVIL),
        concerns: () => true,
      });
      equal(lines.length === 0, SILENT.includes(report.kind), report.kind);
      // deno-lint-ignore no-control-regex
      for (const line of lines) ok(!/[\x00-\x1f\u202e]/.test(line), `${report.kind}: ${line}`);
    }
  }
});
