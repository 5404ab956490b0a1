import assert from "node:assert/strict";
import type { StreamPath } from "../stream_path.ts";
import { USUAL_PATH } from "../stream_path.ts";
import { OverlayWorld } from "../overlay_world.ts";

/** So slow that fifty messages wait in the queue of who sends them. */
const SLOW: StreamPath = { ...USUAL_PATH, bandwidth: 4, socketBuffer: 2048 };

/** ana – relay – bob, with a second relay beside the first where `spare`. The relays are slow. */
function relayed(seed: number, spare: boolean) {
  const slow = new Set<string>();
  const path = (from: { ip: string }) => slow.has(from.ip) ? SLOW : USUAL_PATH;
  const world = new OverlayWorld({ seed, path });
  const [ana, bob, relay] = world.addUnconnected("ana", "bob", "relay");
  world.join(ana, relay);
  slow.add(relay.host.ip);
  world.join(relay, bob);
  // The first message finds the way through the first relay, the only one so far.
  assert.equal(ana.sendAndWait(bob.id, "first").kind, "delivered");
  if (spare) {
    const [second] = world.addUnconnected("second");
    world.chain([ana, second, bob]);
  }
  return { world, ana, bob, relay };
}

for (const how of ["killed", "silent"] as const) {
  Deno.test(`a relay dies (${how}) with messages in its queue: all go another way, once`, () => {
    const { world, ana, bob, relay } = relayed(1, true);
    const texts = Array.from({ length: 100 }, (_, index) => `${index} ${"x".repeat(200)}`);
    const sent = texts.map((text) => ana.send(bob.id, text));
    world.network.timeline.run(1500);
    const before = bob.shown.length;
    assert.ok(before > 1 && before < texts.length, `${before} had arrived`);
    relay.stop(how);
    world.network.timeline.run(60_000);
    for (const { outcome } of sent) {
      assert.ok(outcome?.kind === "delivered", JSON.stringify(outcome));
    }
    assert.deepEqual(bob.texts.slice(1).sort(), [...texts].sort());
  });
}

Deno.test("a relay dies with messages in its queue and none other is there: each has its fate", () => {
  const { world, ana, bob, relay } = relayed(2, false);
  const texts = Array.from({ length: 100 }, (_, index) => `${index} ${"x".repeat(200)}`);
  const sent = texts.map((text) => ana.send(bob.id, text));
  world.network.timeline.run(1500);
  relay.stop("killed");
  world.network.timeline.run(60_000);
  const delivered = sent.filter(({ outcome }) => outcome?.kind === "delivered").length;
  const failed = sent.filter(({ outcome }) => outcome?.kind === "not_delivered").length;
  assert.equal(delivered + failed, texts.length);
  assert.ok(delivered > 0 && failed > 0, `${delivered} delivered, ${failed} not`);
  assert.ok(bob.shown.length - 1 >= delivered);
  assert.equal(new Set(bob.texts).size, bob.texts.length);
});

Deno.test("a relay that gets a message again takes another way than the one without an answer", () => {
  const world = new OverlayWorld({ seed: 4 });
  const [ana, bob, relay, dead, l1, l2] = world.addUnconnected(
    "ana",
    "bob",
    "relay",
    "dead",
    "l1",
    "l2",
  );
  world.chain([ana, relay, dead, bob]);
  world.chain([relay, l1, l2, bob]);
  assert.equal(ana.sendAndWait(bob.id, "before").kind, "delivered");
  world.network.timeline.run(5000);
  dead.stop("silent");
  const outcome = ana.sendAndWait(bob.id, "around it");
  assert.ok(outcome.kind === "delivered", JSON.stringify(outcome));
  assert.ok(outcome.ms < 6000, `${outcome.ms}`);
  assert.deepEqual(bob.texts, ["before", "around it"]);
});
