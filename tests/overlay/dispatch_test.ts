import assert from "node:assert/strict";
import { Pipes, Puppet } from "./pipes.ts";

const one = () => {
  const net = new Pipes();
  const ana = net.host("ana");
  return { net, ana, eva: new Puppet(ana, "eva@Giga") };
};

Deno.test("an unknown type gets p2p_unknown_command, and is not passed on", () => {
  const { ana, eva } = one();
  const bob = new Puppet(ana, "bob@Giga");
  eva.say({ type: "TELEPORT", msg_id: "t1", dst: "bob@Giga", ttl: 5 });
  const { msg_id, ...error } = eva.one("ERROR");
  assert.match(String(msg_id), /^[0-9a-f-]{36}$/);
  assert.deepEqual(error, {
    type: "ERROR",
    code: "p2p_unknown_command",
    ref: "t1",
    detail: "TELEPORT",
    status: "ERROR",
    error: "p2p_unknown_command",
    ttl: 8,
  });
  assert.deepEqual(bob.got, []);
  assert.equal(ana.node.counters.unknownCommand, 1);
});

Deno.test("a line that is no message gets bad_format, and the link stays", () => {
  const { ana, eva } = one();
  for (const line of ["", "nonsense", "[]", '{"type":"PING"}', '{"type":"SEND","msg_id":"m"}']) {
    eva.clear();
    eva.raw(line);
    assert.equal(eva.one("ERROR").code, "bad_format");
  }
  assert.ok(!eva.closed);
  assert.equal(ana.node.counters.badFormat, 5);
});

Deno.test("a line that is too long gets line_too_long with the limit, and the link stays", () => {
  const { ana, eva } = one();
  eva.give({ kind: "line_too_long", link: eva.link, limit: 32768 });
  const error = eva.one("ERROR");
  assert.equal(error.code, "line_too_long");
  assert.equal(error.error, "line_too_long");
  assert.equal(error.limit, 32768);
  assert.equal(ana.node.counters.lineTooLong, 1);
});

Deno.test("an error is never answered with an error, in whatever state it is", () => {
  const { eva, ana } = one();
  for (
    const line of [
      '{"type":"ERROR","code":"no_route","ref":"m123","detail":"carol@UnB not reachable"}',
      '{"status":"ERROR","error":"bad_format"}',
      '{"type":"ERROR"}',
      '{"type":"ERROR","code":7,"msg_id":[],"ttl":"x"}',
    ]
  ) eva.raw(line);
  assert.deepEqual(eva.got, []);
  assert.equal(ana.last("remote_error").code, "unknown");
  // Not even where it is over the quota.
  for (let at = 0; at < 500; at += 1) eva.raw('{"type":"ERROR","code":"busy"}');
  assert.deepEqual(eva.got, []);
  assert.ok(ana.node.counters.overQuota > 0);
});

Deno.test("over the quota: over_quota once a second, the excess is dropped, others are served", () => {
  const { net, ana, eva } = one();
  const bob = new Puppet(ana, "bob@Giga");
  const say = (puppet: Puppet, id: string) =>
    puppet.say({ type: "SEND", msg_id: id, src: "x@y", dst: "ana@UnB", payload: id, ttl: 1 });
  for (let at = 0; at < 1000; at += 1) say(eva, `a${at}`);
  // The HELLO was one of the four hundred.
  assert.equal(ana.texts.length, 399);
  assert.equal(eva.one("ERROR").code, "over_quota");
  assert.equal(eva.one("ERROR").ref, "a399");
  assert.equal(ana.node.counters.overQuota, 601);
  say(bob, "b");
  assert.equal(ana.texts.at(-1), "b");
  net.run(1000);
  for (let at = 0; at < 250; at += 1) say(eva, `c${at}`);
  assert.equal(ana.texts.length, 400 + 200);
  assert.equal(eva.all("ERROR").length, 2);
});

Deno.test("200 messages a second are never too many, and answers that were asked for do not count", () => {
  const { net, ana, eva } = one();
  for (let at = 0; at < 2000; at += 1) {
    net.run(5);
    eva.say({ type: "SEND", msg_id: `m${at}`, src: "x@y", dst: "ana@UnB", payload: "x", ttl: 1 });
    if (at % 2 === 0) {
      ana.send("eva@Giga", "x");
      const sent = eva.all("SEND").at(-1);
      if (sent !== undefined) eva.say({ type: "ACK", msg_id: sent.msg_id, from: "eva@Giga" });
    }
    for (const ping of eva.all("PING")) eva.say({ ...ping, type: "PONG" });
    eva.clear();
  }
  assert.equal(ana.node.counters.overQuota, 0);
});
