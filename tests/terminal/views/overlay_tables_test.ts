import { deepEqual, equal, ok } from "node:assert/strict";
import { MINUTE } from "../../../lib/base/units.ts";
import type { PeerRow, RouteRow } from "../../../lib/overlay/reports.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { displayWidth } from "../../../lib/terminal/text/width.ts";
import { shown } from "./overlay_context.ts";

const ROUTES: readonly RouteRow[] = [{
  dst: "bia@UnB",
  next: "rui@Giga",
  via: "lia@Giga",
  hops: 3,
  age: 3 * MINUTE,
  rtt: 40.2,
  delivered: 3,
  failed: 1,
}, {
  dst: "Maria Aparecida de Souza e Silva@Universidade de Brasília",
  next: "rui@Giga",
  via: "rui@Giga",
  hops: 2,
  age: 500,
  rtt: null,
  delivered: 0,
  failed: 0,
}];

const connection = { outbound: true, for: 3 * MINUTE, rtt: 12.3, queued: 0 };

Deno.test("routes: destination, next hop, via, hops, age, RTT and success", () => {
  deepEqual(shown({ kind: "routes", tag: 1, neighbours: [], routes: ROUTES.slice(0, 1) }), [
    "Destination  Next hop  Via       Hops      Found    RTT  Delivered",
    "bia@UnB      rui@Giga  lia@Giga     3  3 min ago  40 ms     3 of 4",
  ]);
  equal(shown({ kind: "routes", tag: 1, neighbours: [], routes: [] }).length, 1);
});

Deno.test("routes: a neighbour stands above the routes, as its own next hop", () => {
  const neighbours = [{ peer: "rui@Giga", address: null, connection }];
  deepEqual(shown({ kind: "routes", tag: 1, neighbours, routes: ROUTES.slice(0, 1) }), [
    "Destination  Next hop  Via       Hops      Found    RTT  Delivered",
    "rui@Giga     rui@Giga  direct       1  3 min ago  12 ms          –",
    "bia@UnB      rui@Giga  lia@Giga     3  3 min ago  40 ms     3 of 4",
  ]);
});

Deno.test("routes: the table fits the console, whatever names there are", () => {
  for (const columns of [40, 60, 80]) {
    for (
      const line of shown({ kind: "routes", tag: 1, neighbours: [], routes: ROUTES }, { columns })
    ) {
      ok(displayWidth(line) <= columns, line);
    }
  }
});

const PEERS: readonly PeerRow[] = [
  { peer: "zoe@UnB", address: { ip: "10.0.0.5", port: 7000 }, connection: null },
  { peer: "bia@UnB", address: { ip: "2001:db8::5", port: 7000 }, connection },
  {
    peer: "caio@UnB",
    address: null,
    connection: { outbound: false, for: 10, rtt: null, queued: 3 },
  },
];

Deno.test("peers: who is registered, connected or not, since when, RTT", () => {
  const asked = { kind: "peers", tag: 1, namespace: "UnB" } as const;
  const report = { kind: "peers", tag: 1, peers: PEERS, fault: null } as const;
  deepEqual(shown(report, { asked }), [
    "3 other peers in UnB:",
    "Peer      Connected               Since    RTT  Address",
    "bia@UnB   by you              3 min ago  12 ms  [2001:db8::5]:7000",
    "caio@UnB  by them, 3 waiting        now      –  not registered",
    "zoe@UnB   –                           –      –  10.0.0.5:7000",
  ]);
  deepEqual(shown(report, { asked, say: translator("pt") }).slice(0, 3), [
    "3 outros peers em UnB:",
    "Peer      Conectado                      Desde    RTT  Endereço",
    "bia@UnB   por você                    há 3 min  12 ms  [2001:db8::5]:7000",
  ]);
});

Deno.test("peers: nobody there, and a rendezvous that does not answer", () => {
  const none = { kind: "peers", tag: 1, peers: [], fault: null } as const;
  deepEqual(shown(none, { asked: { kind: "peers", tag: 1, namespace: "Giga" } }), [
    "Nobody else is in Giga. /peers * shows every namespace.",
  ]);
  deepEqual(shown(none, { asked: { kind: "peers", tag: 1, namespace: undefined } }), [
    "Nobody else is registered.",
  ]);
  deepEqual(shown({ ...none, peers: PEERS.slice(1, 2), fault: "Connection refused" }), [
    "The rendezvous could not be asked (nobody listens there), so only your neighbours are shown.",
    "Peer     Connected      Since    RTT  Address",
    "bia@UnB  by you     3 min ago  12 ms  [2001:db8::5]:7000",
  ]);
});

Deno.test("peers: a long list is cut, and says so", () => {
  const peers = Array.from({ length: 1000 }, (_, at) => ({ ...PEERS[0]!, peer: `p${at}@UnB` }));
  const lines = shown({ kind: "peers", tag: 1, peers, fault: null });
  equal(lines.length, 203);
  equal(lines[0], "1000 other peers in all namespaces:");
  equal(lines.at(-1), "… and 800 more");
});
