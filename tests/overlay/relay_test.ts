import assert from "node:assert/strict";
import { SECOND } from "../../lib/base/units.ts";
import { type Host, Pipes, Puppet } from "./pipes.ts";

const SEND = {
  type: "SEND",
  msg_id: "m1",
  src: "eva@Giga",
  dst: "bob@Giga",
  payload: "olá",
  require_ack: true,
  ttl: 8,
};
const ACK = { type: "ACK", msg_id: "m1", from: "bob@Giga", ttl: 8 };

/** A relay between two neighbours that are played by hand. */
function between(): { net: Pipes; ana: Host; eva: Puppet; bob: Puppet } {
  const net = new Pipes();
  const ana = net.host("ana");
  return { net, ana, eva: new Puppet(ana, "eva@Giga"), bob: new Puppet(ana, "bob@Giga") };
}

Deno.test("a SEND is passed on with one hop less and unknown fields kept; RELAY_OK says so", () => {
  const { ana, eva, bob } = between();
  eva.say({ ...SEND, ttl: 5, color: "red" });
  assert.deepEqual(bob.got, [{ ...SEND, ttl: 4, color: "red" }]);
  assert.deepEqual(eva.got, [
    { type: "RELAY_OK", msg_id: "m1", src: "ana@UnB", dst: "bob@Giga", ttl: 8 },
  ]);
  assert.deepEqual(ana.texts, []);
});

Deno.test("the ACK goes back the way the SEND came, in either spelling", () => {
  for (const spelling of [{ from: "bob@Giga" }, { src: "bob@Giga", dst: "eva@Giga" }]) {
    const { eva, bob } = between();
    eva.say(SEND);
    eva.clear();
    bob.say({ type: "ACK", msg_id: "m1", ...spelling, mood: "fine", ttl: 3 });
    assert.deepEqual(eva.got, [{ type: "ACK", msg_id: "m1", ...spelling, mood: "fine", ttl: 2 }]);
  }
});

Deno.test("a program that fixes ttl at 1 gets exactly one relay", () => {
  const { eva, bob } = between();
  eva.say({ ...SEND, ttl: 1 });
  assert.equal(bob.one("SEND").ttl, 0);
  bob.say({ ...ACK, ttl: 1 });
  assert.equal(eva.one("ACK").ttl, 0);
  eva.clear();
  const { ttl: _, ...without } = { ...SEND, msg_id: "m2" };
  eva.say(without);
  assert.equal(bob.all("SEND").at(-1)!.ttl, 0);
});

Deno.test("no hops left: TTL_EXPIRED to the neighbour; for itself a message is taken at any ttl", () => {
  const { ana, eva, bob } = between();
  eva.say({ ...SEND, ttl: 0 });
  assert.deepEqual(eva.got, [{
    type: "TTL_EXPIRED",
    msg_id: "m1",
    src: "ana@UnB",
    dst: "bob@Giga",
    reason: "ttl_expired",
    ttl: 8,
  }]);
  assert.deepEqual(bob.got, []);
  eva.say({ ...SEND, dst: "ana@UnB", msg_id: "m2", ttl: 0 });
  assert.deepEqual(ana.texts, ["olá"]);
  // What expired was not seen: with hops left it passes.
  eva.say(SEND);
  assert.equal(bob.all("SEND").length, 1);
});

Deno.test("a SEND seen again at once is not passed on; once acknowledged, the ACK is repeated", () => {
  const { ana, eva, bob } = between();
  eva.say(SEND);
  eva.say(SEND);
  assert.equal(bob.all("SEND").length, 1);
  assert.equal(ana.node.counters.duplicates, 1);
  bob.say(ACK);
  eva.clear();
  eva.say(SEND);
  assert.equal(bob.all("SEND").length, 1);
  assert.equal(eva.one("ACK").from, "bob@Giga");
});

Deno.test("a retransmission without ACK is passed on again, so that it can do its work", () => {
  const { net, eva, bob } = between();
  eva.say(SEND);
  net.run(5 * SECOND);
  eva.say(SEND);
  assert.equal(bob.all("SEND").length, 2);
  bob.say(ACK);
  assert.equal(eva.all("ACK").length, 1);
  bob.say(ACK);
  assert.equal(eva.all("ACK").length, 1);
});

Deno.test("a retransmission goes another way where the first one did not answer", () => {
  const { net, ana, eva, bob } = between();
  const sol = new Puppet(ana, "sol@Giga");
  eva.say({ ...SEND, dst: "zoe@UnB" });
  for (const [puppet, id] of [[bob, "bob@Giga"], [sol, "sol@Giga"]] as const) {
    puppet.say({ ...puppet.one("WHO_HAS"), type: "WHO_HAS_HIT", src: id, via: id });
  }
  assert.equal(bob.all("SEND").length, 1);
  net.run(5 * SECOND);
  eva.say({ ...SEND, dst: "zoe@UnB" });
  assert.equal(bob.all("SEND").length, 1);
  assert.equal(sol.all("SEND").length, 1);
});

Deno.test("a SEND that wants no ACK is passed on once in ten minutes", () => {
  const { net, eva, bob } = between();
  for (let minute = 0; minute < 10; minute += 1) {
    eva.say({ ...SEND, require_ack: false });
    for (const puppet of [eva, bob]) {
      for (const ping of puppet.all("PING")) puppet.say({ ...ping, type: "PONG" });
    }
    net.run(30 * SECOND);
  }
  assert.equal(bob.all("SEND").length, 1);
});

Deno.test("an ACK counts only from where the SEND went, and only once", () => {
  const { ana, eva, bob } = between();
  const mal = new Puppet(ana, "mal@Giga");
  eva.say(SEND);
  eva.clear();
  mal.say(ACK);
  eva.say(ACK);
  bob.say({ ...ACK, from: "zoe@UnB" });
  bob.say({ ...ACK, msg_id: "other" });
  assert.deepEqual(eva.got, []);
  assert.equal(ana.node.counters.unsolicited, 4);
  bob.say(ACK);
  assert.equal(eva.got.length, 1);
});

Deno.test("nobody has a way: after three seconds RELAY_FAIL, and the error for who knows only that", () => {
  const { net, eva, bob } = between();
  eva.say({ ...SEND, dst: "zoe@UnB" });
  assert.equal(bob.one("WHO_HAS").dst, "zoe@UnB");
  eva.clear();
  net.run(3 * SECOND);
  const fail = eva.one("RELAY_FAIL");
  assert.deepEqual(fail, {
    type: "RELAY_FAIL",
    msg_id: "m1",
    src: "ana@UnB",
    dst: "zoe@UnB",
    reason: "no_route",
    ttl: 8,
  });
  const error = eva.one("ERROR");
  assert.equal(error.code, "no_route");
  assert.equal(error.ref, "m1");
  assert.equal(error.detail, "zoe@UnB not reachable");
});

Deno.test("a relay looks for a way itself, and then passes the message on", () => {
  const { eva, bob } = between();
  eva.say({ ...SEND, dst: "zoe@UnB" });
  const asked = bob.one("WHO_HAS");
  bob.say({
    type: "WHO_HAS_HIT",
    msg_id: asked.msg_id,
    src: "bob@Giga",
    dst: "zoe@UnB",
    via: "bob@Giga",
    ttl: 8,
  });
  assert.equal(bob.one("SEND").ttl, 7);
  assert.equal(eva.all("RELAY_OK").length, 1);
});

Deno.test("few messages of one neighbour wait for a way; more are busy", () => {
  const { eva } = between();
  for (let at = 0; at < 20; at += 1) {
    eva.say({ ...SEND, msg_id: `m${at}`, dst: `z${at}@UnB` });
  }
  assert.equal(eva.all("RELAY_FAIL").filter(({ reason }) => reason === "busy").length, 4);
});

Deno.test("RELAY_FAIL, TTL_EXPIRED and errors from the next relay are told to the one before", () => {
  for (
    const [note, expected] of [
      [{ type: "RELAY_FAIL", msg_id: "m1", reason: "no_route" }, "RELAY_FAIL"],
      [{ type: "TTL_EXPIRED", msg_id: "m1" }, "TTL_EXPIRED"],
      [{ type: "ERROR", code: "no_route", ref: "m1" }, "RELAY_FAIL"],
      [{ status: "ERROR", error: "busy", ref: "m1" }, "RELAY_FAIL"],
      [{ type: "ERROR", code: "ttl_expired", ref: "m1" }, "TTL_EXPIRED"],
    ] as const
  ) {
    const { ana, eva, bob } = between();
    const mal = new Puppet(ana, "mal@Giga");
    eva.say(SEND);
    eva.clear();
    mal.say(note);
    assert.deepEqual(eva.got, []);
    bob.say(note);
    assert.equal(eva.all(expected).length, 1);
    bob.say(note);
    assert.equal(eva.all(expected).length, 1);
    assert.ok(bob.got.every(({ type }) => type !== "ERROR"));
  }
});

Deno.test("the next hop goes with the message: RELAY_FAIL at once, and the message may come again", () => {
  const { ana, eva, bob } = between();
  eva.say(SEND);
  eva.clear();
  bob.leave();
  assert.equal(eva.one("RELAY_FAIL").reason, "link_lost");
  const again = new Puppet(ana, "bob@Giga");
  eva.say(SEND);
  assert.equal(again.one("SEND").msg_id, "m1");
});

Deno.test("a message that comes back from where it was handed to goes no rounds", () => {
  const { ana, eva, bob } = between();
  eva.say({ ...SEND, dst: "zoe@UnB" });
  const asked = bob.one("WHO_HAS");
  bob.say({ ...asked, type: "WHO_HAS_HIT", src: "bob@Giga", via: "bob@Giga" });
  bob.clear();
  bob.say({ ...SEND, dst: "zoe@UnB", ttl: 6 });
  assert.equal(bob.one("RELAY_FAIL").reason, "loop");
  assert.equal(bob.all("SEND").length, 0);
  // To the neighbour that it is for, or in this peer's own name, it is sent no way either.
  bob.say({ ...SEND, msg_id: "m2" });
  assert.equal(bob.all("RELAY_FAIL").length, 2);
  bob.say({ ...SEND, msg_id: "m3", src: "ana@UnB", dst: "eva@Giga" });
  assert.equal(bob.all("RELAY_FAIL").length, 3);
  assert.equal(ana.node.counters.relayed, 1);
});

Deno.test("an id that another sender uses is refused, and does not turn the ACK aside", () => {
  const { ana, eva, bob } = between();
  const mal = new Puppet(ana, "mal@Giga");
  eva.say(SEND);
  mal.say({ ...SEND, src: "mal@Giga" });
  assert.equal(mal.one("RELAY_FAIL").reason, "duplicate_id");
  eva.clear();
  mal.clear();
  bob.say(ACK);
  assert.equal(eva.all("ACK").length, 1);
  assert.deepEqual(mal.got, []);
});

Deno.test("a full queue refuses with busy and holds up nobody else", () => {
  const net = new Pipes();
  const ana = net.host("ana", { quota: null, pace: null });
  const [eva, bob] = [new Puppet(ana, "eva@Giga"), new Puppet(ana, "bob@Giga")];
  const sol = new Puppet(ana, "sol@Giga");
  bob.reads = false;
  for (let at = 0; at < 1000; at += 1) {
    eva.say({ ...SEND, msg_id: `m${at}` });
    net.run(0);
  }
  // The window of the link and the queue behind it.
  assert.equal(eva.all("RELAY_OK").length, 64 + 256);
  const errors = eva.all("ERROR");
  assert.equal(errors.length, 1000 - 320);
  assert.ok(errors.every(({ code }) => code === "busy"));
  assert.equal(ana.node.counters.queueFull, errors.length);
  eva.say({ ...SEND, msg_id: "sol", dst: "sol@Giga" });
  assert.equal(sol.one("SEND").msg_id, "sol");
});

Deno.test("a neighbour without relay is given nothing for others", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  const bob = new Puppet(ana, "bob@Giga", ["ack", "who_has"]);
  const tag = ana.send("zoe@UnB", "olá");
  assert.deepEqual(bob.all("WHO_HAS"), []);
  net.run(3 * SECOND);
  const fate = ana.fate(tag);
  assert.equal(fate.kind === "not_delivered" && fate.fault, "no_route");
  ana.send("bob@Giga", "para ti");
  assert.equal(bob.one("SEND").payload, "para ti");
});
