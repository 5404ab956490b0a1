import assert from "node:assert/strict";
import { Pipes, Puppet } from "./pipes.ts";

Deno.test("BYE is answered with BYE_OK and its msg_id, then the link is closed", () => {
  const ana = new Pipes().host("ana");
  const eva = new Puppet(ana, "eva@Giga");
  eva.say({ type: "BYE", msg_id: "b", src: "eva@Giga", dst: "ana@UnB", reason: "tired", ttl: 1 });
  assert.deepEqual(eva.lines, [
    '{"type":"BYE_OK","msg_id":"b","src":"ana@UnB","dst":"eva@Giga","reason":"tired","ttl":8}',
  ]);
  assert.ok(eva.closed);
  assert.equal(ana.last("neighbour_down").reason, "bye_received");
});

Deno.test("/disconnect says BYE, still takes what is on its way, and closes at BYE_OK", () => {
  const ana = new Pipes().host("ana");
  const eva = new Puppet(ana, "eva@Giga");
  const tag = ana.command("disconnect", { peer: "eva@Giga" });
  assert.deepEqual(ana.last("disconnected"), { kind: "disconnected", tag, peer: "eva@Giga" });
  assert.equal(ana.last("neighbour_down").reason, "disconnected");
  const bye = eva.one("BYE");
  eva.say({
    type: "SEND",
    msg_id: "m",
    src: "eva@Giga",
    dst: "ana@UnB",
    payload: "último",
    require_ack: true,
  });
  assert.deepEqual(ana.texts, ["último"]);
  assert.equal(eva.all("ACK").length, 1);
  eva.say({ type: "BYE_OK", msg_id: "other" });
  assert.ok(!eva.closed);
  eva.say({ type: "BYE_OK", msg_id: bye.msg_id });
  assert.ok(eva.closed);
});

Deno.test("without BYE_OK the link is closed two seconds later", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  const eva = new Puppet(ana, "eva@Giga");
  ana.command("disconnect", { peer: "eva@Giga" });
  net.run(1999);
  assert.ok(!eva.closed);
  net.run(1);
  assert.ok(eva.closed);
});

Deno.test("/disconnect of who is no neighbour is said", () => {
  const ana = new Pipes().host("ana");
  const tag = ana.command("disconnect", { peer: "eva@Giga" });
  assert.deepEqual(ana.last("unanswered"), {
    kind: "unanswered",
    tag,
    peer: "eva@Giga",
    fault: "not_connected",
  });
});
