import assert from "node:assert/strict";
import { SECOND } from "../../lib/base/units.ts";
import { Pipes, Puppet } from "./pipes.ts";

Deno.test("PING is answered with PONG and its own msg_id, whatever its timestamp", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  const eva = new Puppet(ana, "eva@Giga");
  for (const timestamp of ["2026-01-02T03:04:05Z", 12, null, undefined]) {
    eva.clear();
    eva.say({ type: "PING", msg_id: "p1", timestamp, ttl: 1 });
    assert.deepEqual(eva.got, [
      { type: "PONG", msg_id: "p1", timestamp: "2026-01-02T03:04:05.000Z", ttl: 8 },
    ]);
  }
});

Deno.test("PING goes out every 30 s, and three without PONG end the link", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  const eva = new Puppet(ana, "eva@Giga");
  const at: number[] = [];
  for (let second = 0; second < 91; second += 1) {
    net.run(SECOND);
    for (const _ of eva.all("PING")) at.push(second + 1);
    eva.clear();
  }
  assert.deepEqual(at, [1, 31, 61]);
  assert.ok(eva.closed);
  assert.equal(ana.last("neighbour_down").reason, "silent");
});

Deno.test("a PONG gives the round trip and starts the count over; a strange one does nothing", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  const eva = new Puppet(ana, "eva@Giga");
  for (let round = 0; round < 10; round += 1) {
    net.run(30 * SECOND);
    eva.say({ type: "PONG", msg_id: "never asked", ttl: 1 });
    const last = eva.all("PING").at(-1)!;
    eva.say({ ...last, type: "PONG" });
  }
  assert.ok(!eva.closed);
  assert.equal(ana.node.counters.unsolicited, 10);
});

Deno.test("/ping tells the round trip, or that there was no answer", () => {
  const net = new Pipes();
  const [ana, bia] = net.chain(["ana", "bia"]);
  const tag = ana!.command("ping", { peer: "bia@UnB" });
  net.run(100);
  assert.deepEqual(ana!.last("pong"), { kind: "pong", tag, peer: "bia@UnB", ms: 20 });
  bia!.reads = false;
  const lost = ana!.command("ping", { peer: "bia@UnB" });
  net.run(5 * SECOND);
  assert.equal(ana!.last("unanswered").tag, lost);
  assert.equal(ana!.last("unanswered").fault, "no_answer");
  const nobody = ana!.command("ping", { peer: "zoe@UnB" });
  assert.equal(ana!.last("unanswered").tag, nobody);
  assert.equal(ana!.last("unanswered").fault, "not_connected");
});
