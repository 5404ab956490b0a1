import assert from "node:assert/strict";
import { OverlayWorld } from "../overlay_world.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);

Deno.test("direct: a message to a neighbour is delivered in a round trip", () => {
  const world = new OverlayWorld({ seed: 1 });
  const [ana, bob] = world.addUnconnected("ana", "bob");
  world.join(ana, bob);
  const outcome = ana.sendAndWait("bob@sim", "olá");
  assert.ok(outcome.kind === "delivered", JSON.stringify(outcome));
  assert.deepEqual([outcome.via, outcome.hops], [null, 1]);
  assert.ok(outcome.ms >= 40 && outcome.ms <= 51, `${outcome.ms}`);
  assert.deepEqual(bob.shown.map(({ from, text, via }) => [from, text, via]), [
    ["ana@sim", "olá", null],
  ]);
});

Deno.test("one relay: two peers behind NAT reach each other through a third", () => {
  const world = new OverlayWorld({ seed: 2 });
  const ana = world.add({ name: "ana", reachable: "nat" });
  const bob = world.add({ name: "bob", reachable: "nat" });
  const relay = world.add({ name: "relay" });
  const joined = () => relay.neighbours.has(ana.id) && relay.neighbours.has(bob.id);
  assert.ok(world.network.timeline.runUntilTrue(joined, 60_000));
  const outcome = ana.sendAndWait("bob@sim", "hello");
  assert.ok(outcome.kind === "delivered", JSON.stringify(outcome));
  assert.deepEqual([outcome.via, outcome.hops], ["relay@sim", 2]);
  assert.deepEqual(bob.texts, ["hello"]);
  assert.equal(bob.shown[0]?.via, "relay@sim");
  assert.deepEqual(relay.texts, []);
});

Deno.test("a chain of eight relays is passed, one of nine is too long", () => {
  for (const relays of [8, 9]) {
    const world = new OverlayWorld({ seed: relays });
    const peers = world.addUnconnected(...names(relays + 2));
    world.chain(peers);
    const last = peers.at(-1)!;
    const outcome = peers[0]!.sendAndWait(last.id, "far");
    if (relays === 8) {
      assert.ok(outcome.kind === "delivered", JSON.stringify(outcome));
      assert.deepEqual([outcome.via, outcome.hops], ["p1@sim", 9]);
      assert.deepEqual(last.texts, ["far"]);
    } else {
      assert.ok(outcome.kind === "not_delivered", JSON.stringify(outcome));
      assert.equal(outcome.fault, "ttl_expired");
      assert.deepEqual(last.texts, []);
    }
  }
});

Deno.test("nobody of that name: no_route after three seconds", () => {
  const world = new OverlayWorld({ seed: 3 });
  const peers = world.addUnconnected(...names(4));
  world.chain(peers);
  const sent = peers[0]!.send("nobody@sim", "hello?");
  world.network.timeline.run(60_000);
  assert.ok(sent.outcome?.kind === "not_delivered", JSON.stringify(sent.outcome));
  assert.equal(sent.outcome.fault, "no_route");
  assert.equal(sent.endedAt - sent.at, 3000);
});

Deno.test("a namespace: passed on by strangers, shown to members only, once each", () => {
  const world = new OverlayWorld({ seed: 4 });
  const peers = ["unb", "ufsc", "ufsc", "unb", "unb"].map((namespace, index) =>
    world.add({ name: `p${index}`, namespace, outbound: 0 })
  );
  world.chain([...peers, peers[0]!]);
  assert.equal(peers[0]!.sendAndWait("#unb", "bom dia").kind, "published");
  world.network.timeline.run(5000);
  assert.deepEqual(peers.map(({ texts }) => texts.length), [0, 0, 0, 1, 1]);
});
