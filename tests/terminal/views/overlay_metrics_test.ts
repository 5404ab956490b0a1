import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newCounters } from "../../../lib/overlay/counters.ts";
import { shown } from "./overlay_context.ts";

Deno.test("own metrics: every counter, with neighbours and routes", () => {
  const counters = newCounters();
  (Object.keys(counters) as (keyof typeof counters)[]).forEach((counter, at) => {
    counters[counter] = 1000 + at;
  });
  const lines = shown({ kind: "own_metrics", tag: 1, counters, neighbours: 2, routes: 3 });
  match(lines[0]!, /^Neighbours now +2$/);
  match(lines[1]!, /^Destinations with a route now +3$/);
  equal(lines.length, 2 + Object.keys(counters).length);
  const values = lines.slice(2).map((line) => Number(/\d+$/.exec(line)![0]));
  deepEqual(values.toSorted(), Object.values(counters).toSorted());
});

Deno.test("metrics of a peer: what it says, and what it does not", () => {
  const report = { kind: "metrics", tag: 1, peer: "bia@UnB", sent: 3, received: 4 } as const;
  const lastSeen = new Date(2026, 0, 2, 3, 4, 5).toISOString();
  deepEqual(shown({ ...report, rtt: 12.3, lastSeen }), [
    "bia@UnB reports: RTT 12 ms, 3 sent, 4 received, last contact 03:04:05",
  ]);
  deepEqual(shown({ ...report, rtt: null, lastSeen: "" }), [
    "bia@UnB reports: RTT unknown, 3 sent, 4 received, last contact unknown",
  ]);
  match(shown({ ...report, rtt: null, lastSeen: "once\x1b[2J" })[0]!, /last contact once␛\[2J$/);
});

Deno.test("unanswered: every fault has its sentence", () => {
  const faults = {
    not_connected: /\/connect bia@UnB/,
    unsupported: /does not support/,
    no_answer: /Try again/,
    no_route: /\/msg @bia@UnB …/,
    busy: /Try again/,
  } as const;
  for (const [fault, words] of Object.entries(faults)) {
    const kind = fault as keyof typeof faults;
    const [line] = shown({ kind: "unanswered", tag: 1, peer: "bia@UnB", fault: kind });
    ok(words.test(line!), line);
  }
});
