import assert from "node:assert/strict";
import { SECOND } from "../../lib/base/units.ts";
import { Pipes, Puppet } from "./pipes.ts";

const ASK = { type: "WHO_HAS", msg_id: "w1", src: "eva@Giga", dst: "zoe@UnB", ttl: 8 };

function network() {
  const net = new Pipes();
  const ana = net.host("ana");
  const [eva, bob, sol] = ["eva", "bob", "sol"].map((name) => new Puppet(ana, `${name}@Giga`));
  return { net, ana, eva: eva!, bob: bob!, sol: sol! };
}

Deno.test("WHO_HAS for this peer or a neighbour is answered, and not passed on", () => {
  const { eva, bob } = network();
  for (const dst of ["ana@UnB", "bob@Giga"]) {
    eva.clear();
    eva.say({ ...ASK, msg_id: dst, dst, ttl: 0 });
    assert.equal(
      eva.lines[0],
      `{"type":"WHO_HAS_HIT","msg_id":"${dst}","src":"ana@UnB","dst":"${dst}","via":"ana@UnB","ttl":8}`,
    );
  }
  assert.deepEqual(bob.got, []);
});

Deno.test("any other WHO_HAS is passed on once, to all but where it came from", () => {
  const { ana, eva, bob, sol } = network();
  eva.say({ ...ASK, color: "red" });
  bob.say(ASK);
  for (const other of [bob, sol]) assert.deepEqual(other.got, [{ ...ASK, ttl: 7, color: "red" }]);
  assert.deepEqual(eva.got, []);
  assert.equal(ana.node.counters.duplicates, 1);
  eva.say({ ...ASK, msg_id: "w2", ttl: 0 });
  assert.equal(bob.got.length, 1);
});

Deno.test("the answer travels back the way it came, and gives the relay a route", () => {
  const { ana, eva, bob, sol } = network();
  eva.say(ASK);
  sol.say({
    type: "WHO_HAS_HIT",
    msg_id: "w1",
    src: "sol@Giga",
    dst: "zoe@UnB",
    via: "sol@Giga",
    hint: 1,
    ttl: 8,
  });
  assert.deepEqual(eva.got, [{
    type: "WHO_HAS_HIT",
    msg_id: "w1",
    src: "sol@Giga",
    dst: "zoe@UnB",
    via: "sol@Giga",
    hint: 1,
    ttl: 7,
  }]);
  assert.equal(bob.all("WHO_HAS_HIT").length, 0);
  assert.deepEqual(ana.last("route_found"), {
    kind: "route_found",
    dst: "zoe@UnB",
    next: "sol@Giga",
    via: "sol@Giga",
    hops: 2,
  });
});

Deno.test("an answer that nobody asked for gives no route", () => {
  const { ana, eva, sol } = network();
  eva.say(ASK);
  const hit = { ...ASK, type: "WHO_HAS_HIT", src: "sol@Giga", via: "sol@Giga" };
  sol.say({ ...hit, msg_id: "other" });
  sol.say({ ...hit, dst: "rui@UnB" });
  eva.say(hit);
  assert.deepEqual(ana.all("route_found"), []);
  assert.deepEqual(eva.got, []);
  assert.equal(ana.node.counters.unsolicited, 3);
});

Deno.test("an answer with no hops left is not passed back", () => {
  const { eva, sol } = network();
  eva.say(ASK);
  sol.say({ ...ASK, type: "WHO_HAS_HIT", src: "sol@Giga", ttl: 0 });
  assert.deepEqual(eva.got, []);
  assert.equal(sol.all("TTL_EXPIRED").length, 1);
});

Deno.test("one search serves every message; a new neighbour is asked too, or is the one", () => {
  const { net, ana, eva, bob } = network();
  const tags = [ana.send("zoe@UnB", "um"), ana.send("zoe@UnB", "dois")];
  assert.equal(eva.all("WHO_HAS").length, 1);
  assert.equal(bob.all("WHO_HAS").length, 1);
  const late = new Puppet(ana, "late@Giga");
  ana.send("rui@UnB", "outro");
  assert.equal(late.all("WHO_HAS").length, 1);
  net.run(SECOND);
  const zoe = net.host("zoe");
  net.join(zoe, ana);
  net.run(100);
  for (const tag of tags) assert.equal(ana.fate(tag).kind, "delivered");
  assert.deepEqual(zoe.texts, ["um", "dois"]);
});

Deno.test("hops are counted by what the answer has left", () => {
  const { net, ana, eva, bob, sol } = network();
  ana.send("zoe@UnB", "olá");
  const { msg_id } = eva.one("WHO_HAS");
  const hit = { type: "WHO_HAS_HIT", msg_id, dst: "zoe@UnB", ttl: 6 };
  eva.say({ ...hit, src: "far@Giga", via: "far@Giga" });
  bob.say({ ...hit, src: "zoe@UnB", via: "zoe@UnB" });
  sol.say({ ...hit, src: "sol@Giga", via: "sol@Giga", ttl: 1 });
  ana.command("routes", {});
  const rows = ana.last("routes").routes.map(({ next, hops }) => [next, hops]);
  assert.deepEqual(rows, [["sol@Giga", 2], ["bob@Giga", 3], ["eva@Giga", 4]]);
  net.run(5 * 60 * SECOND);
  ana.command("routes", {});
  assert.deepEqual(ana.last("routes").routes, []);
});
