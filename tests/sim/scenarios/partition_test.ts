import assert from "node:assert/strict";
import { OverlayWorld } from "../overlay_world.ts";

const MINUTE = 60_000;

/** Six peers that find each other by themselves, in two halves to be separated. */
function halves(seed: number) {
  const world = new OverlayWorld({ seed });
  const peers = Array.from({ length: 6 }, (_, index) => world.add({ name: `p${index}` }));
  world.network.timeline.run(MINUTE);
  assert.ok(peers.every(({ neighbours }) => neighbours.size === 5));
  const separate = (links: "break" | "freeze") =>
    world.network.separate(
      [peers.slice(0, 3).map(({ host }) => host), peers.slice(3).map(({ host }) => host)],
      links,
    );
  return { world, peers, separate, one: peers[0]!, other: peers[5]! };
}

Deno.test("a partition is felt, either half goes on, and healing joins them again", () => {
  const { world, peers, separate, one, other } = halves(1);
  assert.equal(one.sendAndWait(other.id, "before").kind, "delivered");
  separate("break");
  const across = one.sendAndWait(other.id, "across");
  assert.ok(across.kind === "not_delivered", JSON.stringify(across));
  assert.equal(across.fault, "no_route");
  assert.equal(one.sendAndWait(peers[1]!.id, "within").kind, "delivered");
  world.network.timeline.run(5 * MINUTE);
  assert.ok(peers.every(({ neighbours }) => neighbours.size === 2));
  world.network.heal();
  const whole = () => peers.every(({ neighbours }) => neighbours.size === 5);
  assert.ok(world.network.timeline.runUntilTrue(whole, 3 * MINUTE));
  assert.equal(one.sendAndWait(other.id, "after").kind, "delivered");
  assert.deepEqual(other.texts, ["before", "after"]);
});

Deno.test("frozen links: what was sent arrives once when the wire comes back in time", () => {
  const { world, separate, one, other } = halves(2);
  separate("freeze");
  const sent = one.send(other.id, "late");
  world.network.timeline.run(8000);
  assert.equal(sent.outcome, null);
  world.network.heal();
  world.network.timeline.run(8000);
  assert.equal(sent.outcome!.kind, "delivered");
  assert.deepEqual(other.texts, ["late"]);
});

Deno.test("links that stay frozen are found dead by their silence, and made anew", () => {
  const { world, peers, separate, one, other } = halves(3);
  separate("freeze");
  const sent = one.send(other.id, "lost");
  world.network.timeline.run(3 * MINUTE);
  assert.ok(sent.outcome?.kind === "not_delivered", JSON.stringify(sent.outcome));
  assert.ok(peers.every(({ neighbours }) => neighbours.size === 2));
  world.network.heal();
  const whole = () => peers.every(({ neighbours }) => neighbours.size === 5);
  assert.ok(world.network.timeline.runUntilTrue(whole, 3 * MINUTE));
  assert.equal(one.sendAndWait(other.id, "again").kind, "delivered");
});
