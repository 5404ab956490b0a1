import assert from "node:assert/strict";
import { SECOND } from "../../lib/base/units.ts";
import { Pipes, Puppet } from "./pipes.ts";

Deno.test("METRICS_REQ is answered with what is known of the link", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  const eva = new Puppet(ana, "eva@Giga");
  net.run(1005);
  eva.say({ ...eva.one("PING"), type: "PONG" });
  eva.clear();
  eva.say({ type: "METRICS_REQ", msg_id: "q", src: "eva@Giga", dst: "ana@UnB", ttl: 1 });
  assert.deepEqual(eva.lines, [
    '{"type":"METRICS","msg_id":"q","src":"ana@UnB","dst":"eva@Giga","rtt_ms":5,"sent_count":2,"recv_count":3,"last_seen":"2026-01-02T03:04:06.005Z","ttl":8}',
  ]);
});

Deno.test("/metrics of a neighbour, of a peer behind a relay, and of this node", () => {
  const net = new Pipes();
  const [ana] = net.chain(["ana", "rui", "bia"]);
  ana!.send("bia@UnB", "olá");
  net.run(2 * SECOND);
  const near = ana!.command("metrics", { peer: "rui@UnB" });
  net.run(100);
  const rui = ana!.last("metrics");
  assert.equal(rui.tag, near);
  assert.equal(rui.rtt, 20);
  assert.match(rui.lastSeen, /^2026-01-02T/);
  const far = ana!.command("metrics", { peer: "bia@UnB" });
  net.run(100);
  const bia = ana!.last("metrics");
  assert.equal(bia.tag, far);
  assert.equal(bia.peer, "bia@UnB");
  assert.equal(bia.rtt, null);
  const own = ana!.command("metrics", {});
  const { tag, counters, neighbours, routes } = ana!.last("own_metrics");
  assert.deepEqual([tag, counters.delivered, neighbours, routes], [own, 1, 1, 1]);
});

Deno.test("/metrics that nobody answers, supports or can reach", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  new Puppet(ana, "old@Giga", ["ack"]);
  const eva = new Puppet(ana, "eva@Giga");
  ana.command("metrics", { peer: "old@Giga" });
  assert.equal(ana.last("unanswered").fault, "unsupported");
  ana.command("metrics", { peer: "zoe@UnB" });
  assert.equal(ana.last("unanswered").fault, "no_route");
  const tag = ana.command("metrics", { peer: "eva@Giga" });
  const asked = eva.one("METRICS_REQ");
  new Puppet(ana, "mal@Giga").say({ ...asked, type: "METRICS", src: "eva@Giga", dst: "ana@UnB" });
  net.run(5 * SECOND);
  assert.deepEqual(ana.last("unanswered"), {
    kind: "unanswered",
    tag,
    peer: "eva@Giga",
    fault: "no_answer",
  });
  assert.deepEqual(ana.all("metrics"), []);
});

Deno.test("a relay passes METRICS_REQ on and its answer back, or says that it cannot", () => {
  const ana = new Pipes().host("ana");
  const [eva, bob] = ["eva", "bob"].map((name) => new Puppet(ana, `${name}@Giga`));
  const request = { type: "METRICS_REQ", msg_id: "q", src: "eva@Giga", dst: "bob@Giga", ttl: 1 };
  eva!.say(request);
  eva!.say(request);
  assert.equal(bob!.one("METRICS_REQ").ttl, 0);
  bob!.say({ type: "METRICS", msg_id: "q", src: "bob@Giga", dst: "eva@Giga", rtt_ms: 7, ttl: 1 });
  assert.equal(eva!.one("METRICS").rtt_ms, 7);
  eva!.clear();
  eva!.say({ ...request, msg_id: "r", dst: "zoe@UnB" });
  assert.equal(eva!.one("ERROR").code, "no_route");
  eva!.say({ ...request, msg_id: "s", ttl: 0 });
  assert.equal(eva!.all("TTL_EXPIRED").length, 1);
});
