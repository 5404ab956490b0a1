import assert from "node:assert/strict";
import { judgeDuplicate } from "../../lib/overlay/duplicate_links.ts";
import { Neighbour } from "../../lib/overlay/neighbour.ts";
import { Quota } from "../../lib/overlay/quota.ts";
import { SendQueue } from "../../lib/overlay/send_queue.ts";
import { Pipes, Puppet } from "./pipes.ts";

function link(peer: string, outbound: boolean, ip = "127.0.0.1"): Neighbour {
  const target = outbound ? { peer, tag: null } : null;
  const neighbour = new Neighbour(1, ip, target, new SendQueue(() => {}, null), new Quota(null));
  neighbour.peer = peer;
  return neighbour;
}

Deno.test("the connection opened by the smaller id stays, whichever came first", () => {
  const [ours, theirs] = [link("bia@UnB", true), link("bia@UnB", false)];
  assert.equal(judgeDuplicate("ana@UnB", ours, theirs, 0), "keep_old");
  assert.equal(judgeDuplicate("ana@UnB", theirs, ours, 0), "keep_new");
  assert.equal(judgeDuplicate("zoe@UnB", ours, theirs, 0), "keep_new");
  assert.equal(judgeDuplicate("zoe@UnB", theirs, ours, 0), "keep_old");
});

Deno.test("ids compare as their bytes do", () => {
  // U+FFFD comes before U+1F600, and after its surrogates.
  const [ours, theirs] = [link("\u{1F600}@UnB", true), link("\u{1F600}@UnB", false)];
  assert.equal(judgeDuplicate("\uFFFD@UnB", ours, theirs, 0), "keep_old");
  const [long, short] = [link("ana@UnB2", true), link("ana@UnB2", false)];
  assert.equal(judgeDuplicate("ana@UnB", long, short, 0), "keep_old");
  const [shorter, other] = [link("ana@UnB", true), link("ana@UnB", false)];
  assert.equal(judgeDuplicate("ana@UnB2", shorter, other, 0), "keep_new");
});

Deno.test("the same side again: from the same address it takes over, from another it does not", () => {
  const old = link("bia@UnB", false, "127.0.0.2");
  assert.equal(judgeDuplicate("ana@UnB", old, link("bia@UnB", false, "127.0.0.2"), 0), "keep_new");
  assert.equal(
    judgeDuplicate("ana@UnB", old, link("bia@UnB", false, "127.0.0.3"), 0),
    "refuse_new",
  );
});

Deno.test("the other side, later, from another address: the old one stays, whoever is smaller", () => {
  const ours = link("bia@UnB", true, "127.0.0.2");
  for (const self of ["ana@UnB", "zoe@UnB"]) {
    const far = link("bia@UnB", false, "127.0.0.3");
    assert.equal(judgeDuplicate(self, ours, far, 10_001), "refuse_new");
    assert.notEqual(judgeDuplicate(self, ours, far, 10_000), "refuse_new");
    const near = link("bia@UnB", false, "127.0.0.2");
    assert.notEqual(judgeDuplicate(self, ours, near, 10_001), "refuse_new");
  }
});

Deno.test("two nodes that dial each other at once keep the same link, and lose nothing", () => {
  for (const [one, other] of [["ana", "bia"], ["zoe", "bia"]] as const) {
    const net = new Pipes();
    const [first, second] = [net.host(one), net.host(other)];
    for (const host of [first, second]) host.give({ kind: "discovered", peers: net.listed() });
    const tags = [
      first.command("connect", { peer: second.id }),
      second.command("connect", { peer: first.id }),
    ];
    net.run(20);
    // Both links are up on one side or the other: messages may go by either.
    const sent = [first.send(second.id, "ida"), second.send(first.id, "volta")];
    net.run(200);
    assert.equal(first.ends.size, 1);
    assert.equal(second.ends.size, 1);
    const smaller = first.id < second.id ? first : second;
    const [kept] = smaller.ends.keys();
    assert.equal(kept! % 2, 1, "the smaller id opened it");
    assert.equal(first.all("neighbour_up").length, 1);
    assert.equal(second.all("neighbour_up").length, 1);
    assert.equal(first.all("neighbour_down").length, 0);
    assert.equal(second.all("neighbour_down").length, 0);
    assert.equal(first.last("connected").tag, tags[0]);
    assert.equal(second.last("connected").tag, tags[1]);
    net.run(6000);
    assert.equal(first.fate(sent[0]!).kind, "delivered");
    assert.equal(second.fate(sent[1]!).kind, "delivered");
    assert.deepEqual(first.texts, ["volta"]);
    assert.deepEqual(second.texts, ["ida"]);
  }
});

Deno.test("a peer that came back before it was missed takes over its place", () => {
  const net = new Pipes();
  const ana = net.host("ana");
  const old = new Puppet(ana, "eva@Giga");
  const fresh = new Puppet(ana, "eva@Giga");
  assert.equal(old.one("BYE").reason, "duplicate");
  assert.equal(ana.all("neighbour_up").length, 1);
  assert.equal(ana.all("neighbour_down").length, 0);
  ana.send("eva@Giga", "olá");
  assert.equal(fresh.one("SEND").payload, "olá");
  net.run(2000);
  assert.ok(old.closed);
  assert.deepEqual(ana.neighbours, ["eva@Giga"]);
});

Deno.test("nobody takes the place of a neighbour from another address", () => {
  const ana = new Pipes().host("ana");
  const real = new Puppet(ana, "eva@Giga");
  const thief = new Puppet(ana, null, [], "127.0.0.77");
  thief.say({ type: "HELLO", peer_id: "eva@Giga", version: "1.0", features: [], ttl: 1 });
  assert.equal(thief.one("ERROR").code, "unauthorized");
  assert.ok(thief.closed);
  assert.deepEqual(real.got, []);
  ana.send("eva@Giga", "olá");
  assert.equal(real.one("SEND").payload, "olá");
});
