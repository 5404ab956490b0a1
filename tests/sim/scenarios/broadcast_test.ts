import assert from "node:assert/strict";
import { BroadcastWorld, describeBroadcast } from "./broadcast.ts";

Deno.test("a message to everyone reaches each of 1,000 connected peers once", () => {
  const world = new BroadcastWorld(1000, 8, 1);
  assert.ok(world.connect(60_000));
  for (const index of [0, 499, 999]) {
    const result = world.broadcast(world.peers[index]!, `hello from ${index}`);
    console.log(`  ${describeBroadcast(result)}`);
    assert.equal(result.connected, 999);
    assert.equal(result.reached, 999);
    assert.equal(result.shown, 999);
    assert.ok(result.hops.percentile(0.99) <= 5);
    // Each link carries it once to somebody new or at most once from either side in vain.
    assert.ok(result.duplicates / result.links < 2);
  }
});
