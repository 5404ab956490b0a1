import assert from "node:assert/strict";
import { Pipes } from "./pipes.ts";

/** Ana and Zoe, no neighbours, with two relays between them; Ana knows a way through each. */
function diamond() {
  const net = new Pipes();
  const [ana, rui, rita, zoe] = ["ana", "rui", "rita", "zoe"].map((name) => net.host(name));
  for (const relay of [rui!, rita!]) {
    net.join(ana!, relay);
    net.join(relay, zoe!);
  }
  const tag = ana!.send(zoe!.id, "oi");
  net.run(200);
  assert.equal(ana!.fate(tag).kind, "delivered");
  return { net, ana: ana!, relays: [rui!, rita!], zoe: zoe! };
}

Deno.test("a way is told when the first is found, not with every other one", () => {
  const { ana, relays, zoe } = diamond();
  const tag = ana.command("routes", {});
  const { routes } = ana.all("routes").find((report) => report.tag === tag)!;
  assert.deepEqual(routes.map(({ next }) => next).sort(), relays.map(({ id }) => id).sort());
  assert.deepEqual(ana.all("route_found").map(({ dst, hops }) => [dst, hops]), [[zoe.id, 2]]);
});

Deno.test("a way that is lost is told, with the one that is used from then on", () => {
  const { net, ana, relays, zoe } = diamond();
  const [first, second] = ana.last("route_found").next === relays[0]!.id
    ? relays
    : relays.toReversed();
  net.kill(first!);
  net.run(100);
  assert.deepEqual(ana.reports.filter(({ kind }) => kind.startsWith("route_")).slice(1), [
    { kind: "route_lost", dst: zoe.id, next: first!.id },
    { kind: "route_found", dst: zoe.id, next: second!.id, via: second!.id, hops: 2 },
  ]);
  const tag = ana.send(zoe.id, "ainda");
  net.run(200);
  const fate = ana.fate(tag);
  assert.ok(fate.kind === "delivered" && fate.via === second!.id);
});

Deno.test("the last way that is lost is told alone", () => {
  const { net, ana, relays, zoe } = diamond();
  for (const relay of relays) {
    net.kill(relay);
    net.run(100);
  }
  const last = ana.reports.findLast(({ kind }) => kind.startsWith("route_"));
  assert.ok(last?.kind === "route_lost" && last.dst === zoe.id);
});
