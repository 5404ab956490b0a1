import assert from "node:assert/strict";
import { OverlayWorld } from "../overlay_world.ts";
import { USUAL_PATH } from "../stream_path.ts";

Deno.test("of two routes of the same length the quicker one is used", () => {
  for (const quick of ["left", "right"]) {
    const names = new Map<string, string>();
    const path = (from: { ip: string }, to: { ip: string }) => {
      const slow = [from, to].some(({ ip }) =>
        ["left", "right"].includes(names.get(ip) ?? "") &&
        names.get(ip) !== quick
      );
      return { ...USUAL_PATH, delay: slow ? 150 : 10, jitter: 0 };
    };
    const world = new OverlayWorld({ seed: 1, path });
    const [ana, bob, left, right] = world.addUnconnected("ana", "bob", "left", "right");
    for (const peer of [left, right]) {
      names.set(peer.host.ip, peer.plan.name);
      world.chain([ana, peer, bob]);
    }
    world.network.timeline.run(60_000);
    ana.sendAndWait(bob.id, "to find the ways");
    world.network.timeline.run(5000);
    const outcome = ana.sendAndWait(bob.id, "by the better one");
    assert.ok(outcome.kind === "delivered", JSON.stringify(outcome));
    assert.equal(outcome.via, `${quick}@sim`);
    assert.ok(outcome.ms < 100, `${outcome.ms}`);
  }
});

Deno.test("of two routes the one over fewer links is used, and the other when it fails", () => {
  const world = new OverlayWorld({ seed: 2 });
  const [ana, bob, short, far, farther] = world.addUnconnected(
    "ana",
    "bob",
    "short",
    "far",
    "farther",
  );
  world.chain([ana, far, farther, bob]);
  world.chain([ana, short, bob]);
  world.network.timeline.run(60_000);
  ana.sendAndWait(bob.id, "to find the ways");
  world.network.timeline.run(5000);
  const better = ana.sendAndWait(bob.id, "two links");
  assert.ok(better.kind === "delivered", JSON.stringify(better));
  assert.deepEqual([better.via, better.hops], ["short@sim", 2]);
  short.stop("killed");
  world.network.timeline.run(1000);
  const other = ana.sendAndWait(bob.id, "three links");
  assert.ok(other.kind === "delivered", JSON.stringify(other));
  assert.deepEqual([other.via, other.hops], ["far@sim", 3]);
  assert.deepEqual(bob.texts, ["to find the ways", "two links", "three links"]);
});
