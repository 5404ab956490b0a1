import assert from "node:assert/strict";
import { SECOND } from "../../lib/base/units.ts";
import { type Host, Pipes, Puppet } from "./pipes.ts";

function withNeighbour(features?: readonly string[]): { net: Pipes; ana: Host; eva: Puppet } {
  const net = new Pipes();
  const ana = net.host("ana");
  return { net, ana, eva: new Puppet(ana, "eva@Giga", features) };
}

Deno.test("a SEND has every field, ttl 8 last", () => {
  const { ana, eva } = withNeighbour();
  ana.send("eva@Giga", "olá");
  const { msg_id } = eva.one("SEND");
  assert.match(
    String(msg_id),
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  assert.equal(
    eva.lines[0],
    `{"type":"SEND","msg_id":"${msg_id}","src":"ana@UnB","dst":"eva@Giga","payload":"olá","require_ack":true,"ttl":8}`,
  );
});

Deno.test("sent again with the same id after 5 and 10 s, not delivered after 15", () => {
  const { net, ana, eva } = withNeighbour();
  const tag = ana.send("eva@Giga", "olá");
  const seen = [0, 0, 0].map(() => {
    const ids = eva.all("SEND").map(({ msg_id }) => msg_id);
    net.run(4999);
    const early = eva.all("SEND").length;
    net.run(1);
    return [ids.length, early, new Set(ids).size];
  });
  assert.deepEqual(seen, [[1, 1, 1], [2, 2, 1], [3, 3, 1]]);
  assert.deepEqual(ana.fate(tag), { kind: "not_delivered", fault: "ack_timeout", detail: "" });
  assert.equal(ana.node.counters.retransmitted, 2);
});

Deno.test("an ACK in either spelling ends it", () => {
  for (const spelling of [{ from: "eva@Giga" }, { src: "eva@Giga", dst: "ana@UnB" }]) {
    const { net, ana, eva } = withNeighbour();
    const tag = ana.send("eva@Giga", "olá");
    net.run(7);
    eva.say({ type: "ACK", msg_id: eva.one("SEND").msg_id, ...spelling });
    assert.deepEqual(ana.fate(tag), { kind: "delivered", via: null, hops: 1, ms: 7 });
  }
});

Deno.test("an ACK from who was not handed the message, or for another peer, is not believed", () => {
  const { net, ana, eva } = withNeighbour();
  const mal = new Puppet(ana, "mal@Giga");
  const tag = ana.send("eva@Giga", "olá");
  const { msg_id } = eva.one("SEND");
  mal.say({ type: "ACK", msg_id, from: "eva@Giga", ttl: 8 });
  eva.say({ type: "ACK", msg_id, from: "mal@Giga", ttl: 8 });
  eva.say({ type: "ACK", msg_id: "other", from: "eva@Giga", ttl: 8 });
  net.run(15 * SECOND);
  assert.equal(ana.fate(tag).kind, "not_delivered");
});

Deno.test("a message that comes again is acknowledged again and shown once", () => {
  const { ana, eva } = withNeighbour();
  const send = {
    type: "SEND",
    msg_id: "m",
    src: "zoe@UnB",
    dst: "ana@UnB",
    payload: "olá",
    require_ack: true,
    ttl: 0,
  };
  eva.say(send);
  eva.say(send);
  assert.deepEqual(
    eva.lines,
    Array(2).fill(
      '{"type":"ACK","msg_id":"m","from":"ana@UnB","src":"ana@UnB","dst":"zoe@UnB","ttl":8}',
    ),
  );
  assert.deepEqual(ana.texts, ["olá"]);
  assert.equal(ana.last("message").via, "eva@Giga");
  eva.clear();
  eva.say({ ...send, msg_id: "n", require_ack: false, payload: { a: 1 } });
  assert.deepEqual(eva.got, []);
  assert.deepEqual(ana.texts, ["olá", '{"a":1}']);
});

Deno.test("ten minutes later the same id is another message", () => {
  const { net, ana, eva } = withNeighbour();
  const send = { type: "SEND", msg_id: "m", src: "zoe@UnB", dst: "ana@UnB", payload: "x" };
  for (let minute = 0; minute < 14; minute += 1) {
    if (minute === 0 || minute === 9) eva.say(send);
    for (const ping of eva.all("PING")) eva.say({ ...ping, type: "PONG" });
    eva.clear();
    net.run(30 * SECOND);
    for (const ping of eva.all("PING")) eva.say({ ...ping, type: "PONG" });
    net.run(30 * SECOND);
  }
  assert.equal(ana.texts.length, 1);
  eva.say(send);
  assert.equal(ana.texts.length, 2);
});

Deno.test("a neighbour without ack is not asked for one", () => {
  const { ana, eva } = withNeighbour(["relay", "who_has"]);
  const tag = ana.send("eva@Giga", "olá");
  assert.equal(eva.one("SEND").require_ack, false);
  assert.deepEqual(ana.fate(tag), { kind: "unacknowledged", via: null });
});

Deno.test("a relay that is busy gets the message again later, and is given up with its reason", () => {
  const { net, ana, eva } = withNeighbour();
  const tag = ana.send("zoe@UnB", "olá");
  const asked = eva.one("WHO_HAS");
  eva.say({ ...asked, type: "WHO_HAS_HIT", src: "eva@Giga", via: "eva@Giga" });
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    assert.equal(eva.all("SEND").length, attempt);
    const { msg_id } = eva.all("SEND").at(-1)!;
    eva.say({ type: "ERROR", code: "busy", ref: msg_id, detail: "" });
    net.run(5 * SECOND);
    // The way was given up by the time it is sent again, and is asked for anew.
    const again = eva.all("WHO_HAS").at(-1)!;
    eva.say({ ...again, type: "WHO_HAS_HIT", src: "eva@Giga", via: "eva@Giga" });
  }
  const fate = ana.fate(tag);
  assert.equal(fate.kind === "not_delivered" && fate.fault, "busy");
  assert.equal(fate.kind === "not_delivered" && fate.detail, "eva@Giga: busy");
});

Deno.test("a route that fails everywhere ends with what is known, never in silence", () => {
  const { net, ana, eva } = withNeighbour();
  const tag = ana.send("zoe@UnB", "olá");
  const asked = eva.one("WHO_HAS");
  eva.say({ ...asked, type: "WHO_HAS_HIT", src: "eva@Giga", via: "eva@Giga" });
  eva.say({ type: "RELAY_FAIL", msg_id: eva.one("SEND").msg_id, reason: "no_route" });
  assert.equal(ana.last("route_lost").next, "eva@Giga");
  net.run(15 * SECOND);
  const fate = ana.fate(tag);
  assert.equal(fate.kind === "not_delivered" && fate.fault, "no_route");
});

Deno.test("more messages under way than are kept are refused as busy", () => {
  const { net, ana } = withNeighbour();
  const tags = Array.from({ length: 1030 }, () => ana.send("zoe@UnB", "x"));
  const refused = tags.filter((tag) =>
    ana.all("fate").some((fate) =>
      fate.tag === tag && fate.outcome.kind === "not_delivered" && fate.outcome.fault === "busy"
    )
  );
  assert.equal(refused.length, 6);
  net.run(3 * SECOND);
  for (const tag of tags) assert.equal(ana.fate(tag).kind, "not_delivered");
});

Deno.test("a message without ACK gives up every way known before, and looks for a new one", () => {
  const { net, ana, eva } = withNeighbour();
  const second = new Puppet(ana, "sue@Giga");
  ana.send("zoe@UnB", "olá");
  const asked = eva.one("WHO_HAS");
  // Both have it, by a peer behind them that is about to fall silent.
  for (const puppet of [eva, second]) {
    puppet.say({ ...asked, type: "WHO_HAS_HIT", src: puppet.id, via: puppet.id, ttl: 7 });
  }
  assert.deepEqual([eva.all("SEND").length, second.all("SEND").length], [1, 0]);
  net.run(5 * SECOND);
  assert.deepEqual([eva.all("SEND").length, second.all("SEND").length], [1, 0]);
  const again = second.all("WHO_HAS").at(-1)!;
  assert.notEqual(again.msg_id, asked.msg_id);
  second.say({ ...again, type: "WHO_HAS_HIT", src: "sue@Giga", via: "sue@Giga" });
  assert.equal(second.one("SEND").payload, "olá");
});
