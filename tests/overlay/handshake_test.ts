import assert from "node:assert/strict";
import { Pipes, Puppet } from "./pipes.ts";

const HELLO = { type: "HELLO", peer_id: "eva@Giga", version: "1.0", features: ["ack"], ttl: 1 };

Deno.test("HELLO is answered with HELLO_OK and the features that both have", () => {
  const ana = new Pipes().host("ana");
  const eva = new Puppet(ana, null);
  eva.say({ ...HELLO, features: ["ack", "metrics", "teleport"] });
  assert.equal(
    eva.lines[0],
    '{"type":"HELLO_OK","peer_id":"ana@UnB","version":"1.0","features":["ack","metrics"],"ttl":8}',
  );
  assert.deepEqual(ana.last("neighbour_up").features, ["ack", "metrics"]);
});

Deno.test("whoever connects says HELLO first, with every feature", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  ana.give({
    kind: "discovered",
    peers: [{ name: "eva", namespace: "Giga", ip: "127.0.0.2", port: 9 }],
  });
  const effects = ana.node.handle({
    kind: "command",
    command: { kind: "connect", tag: 1, peer: "eva@Giga" },
  }, 0);
  assert.deepEqual(effects, [{ kind: "connect", link: 1, host: "127.0.0.2", port: 9 }]);
  const hello = ana.node.handle({ kind: "connected", link: 1 }, 0);
  assert.deepEqual(hello, [{
    kind: "send",
    link: 1,
    line:
      '{"type":"HELLO","peer_id":"ana@UnB","version":"1.0","features":["relay","ack","who_has","metrics"],"ttl":8}',
  }]);
});

Deno.test("before the handshake anything else gets unauthorized and a close", () => {
  for (
    const line of [
      '{"type":"PING","msg_id":"p","ttl":1}',
      '{"type":"SEND","msg_id":"m","src":"eva@Giga","dst":"ana@UnB","payload":"x","ttl":1}',
      '{"type":"HELLO_OK","peer_id":"eva@Giga","version":"1.0","features":[],"ttl":1}',
      '{"type":"TELEPORT"}',
      '{"type":"HELLO"}',
      "nonsense",
      "",
    ]
  ) {
    const ana = new Pipes().host("ana");
    const eva = new Puppet(ana, null);
    eva.raw(line);
    const error = eva.one("ERROR");
    assert.equal(error.code, "unauthorized");
    assert.equal(error.error, "unauthorized");
    assert.equal(error.status, "ERROR");
    assert.ok(eva.closed, line);
    assert.deepEqual(ana.texts, []);
    assert.equal(ana.node.counters.unauthorized, 1);
  }
});

Deno.test("before the handshake a line that is too long gets the same", () => {
  const ana = new Pipes().host("ana");
  const eva = new Puppet(ana, null);
  eva.give({ kind: "line_too_long", link: eva.link, limit: 32768 });
  assert.equal(eva.one("ERROR").code, "unauthorized");
  assert.ok(eva.closed);
});

Deno.test("before the handshake an error is not answered with one", () => {
  const ana = new Pipes().host("ana");
  const eva = new Puppet(ana, null);
  eva.raw('{"status":"ERROR","error":"busy"}');
  assert.deepEqual(eva.got, []);
  assert.ok(eva.closed);
});

Deno.test("a handshake that takes ten seconds is closed", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  const eva = new Puppet(ana, null);
  net.run(9_999);
  assert.ok(!eva.closed);
  net.run(1);
  assert.ok(eva.closed);
  eva.say(HELLO);
  assert.deepEqual(eva.got, []);
});

Deno.test("a connection to itself is refused on both ends", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  const twin = net.host("ana");
  twin.give({
    kind: "discovered",
    peers: [{ name: "bia", namespace: "UnB", ip: "127.0.0.1", port: ana.port }],
  });
  const tag = twin.command("connect", { peer: "bia@UnB" });
  net.run(100);
  assert.equal(twin.last("connect_failed").tag, tag);
  assert.deepEqual(ana.neighbours, []);
  assert.deepEqual(twin.neighbours, []);
});

Deno.test("another peer than the expected one is a neighbour all the same, and said", () => {
  const net = new Pipes();
  const [ana, bia] = [net.host("ana"), net.host("bia")];
  ana.give({
    kind: "discovered",
    peers: [{ name: "zoe", namespace: "UnB", ip: "127.0.0.1", port: bia.port }],
  });
  ana.command("connect", { peer: "zoe@UnB" });
  net.run(100);
  const failed = ana.last("connect_failed");
  assert.equal(failed.fault, "other_peer");
  assert.equal(failed.detail, "bia@UnB");
  assert.deepEqual(ana.neighbours, ["bia@UnB"]);
});

Deno.test("a dialled program that says HELLO itself is greeted back", () => {
  const ana = new Pipes().host("ana");
  const peers = [{ name: "eva", namespace: "Giga", ip: "127.0.0.2", port: 9 }];
  ana.node.handle({ kind: "discovered", peers }, 0);
  ana.node.handle({ kind: "command", command: { kind: "connect", tag: 1, peer: "eva@Giga" } }, 0);
  ana.node.handle({ kind: "connected", link: 1 }, 0);
  const bytes = new TextEncoder().encode(JSON.stringify(HELLO));
  const effects = ana.node.handle({ kind: "line", link: 1, bytes }, 0);
  const sent = effects.filter((effect) => effect.kind === "send");
  assert.equal(JSON.parse(sent[0]!.line).type, "HELLO_OK");
  assert.ok(
    effects.some((effect) => effect.kind === "report" && effect.report.kind === "neighbour_up"),
  );
});

Deno.test("a HELLO after the handshake changes nothing", () => {
  const ana = new Pipes().host("ana");
  const eva = new Puppet(ana, "eva@Giga");
  eva.say({ ...HELLO, peer_id: "bia@UnB" });
  assert.deepEqual(eva.got, []);
  assert.deepEqual(ana.neighbours, ["eva@Giga"]);
});

Deno.test("beyond the places for inbound neighbours: busy and a close", () => {
  const ana = new Pipes().host("ana", { inbound: 2 });
  const one = new Puppet(ana, "p1@UnB");
  new Puppet(ana, "p2@UnB");
  const third = new Puppet(ana, null);
  assert.equal(third.one("ERROR").code, "busy");
  assert.ok(third.closed);
  one.leave();
  new Puppet(ana, "p4@UnB");
  assert.deepEqual(ana.neighbours, ["p2@UnB", "p4@UnB"]);
  assert.equal(ana.node.counters.refusedConnections, 1);
});

Deno.test("by default 64 are accepted", () => {
  const ana = new Pipes().host("ana");
  for (let at = 0; at < 64; at += 1) new Puppet(ana, `p${at}@UnB`);
  assert.equal(new Puppet(ana, null).one("ERROR").code, "busy");
});
