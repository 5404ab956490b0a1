import assert from "node:assert/strict";
import { MINUTE, SECOND } from "../../lib/base/units.ts";
import { Pipes, Puppet } from "./pipes.ts";

Deno.test("up to eight of the listed peers are connected to, never itself or a neighbour", () => {
  const net = new Pipes();
  const hosts = Array.from({ length: 20 }, (_, at) => net.host(`p${at}`));
  const ana = net.host("ana", { outbound: 8 });
  ana.give({ kind: "discovered", peers: net.listed() });
  net.run(SECOND);
  assert.equal(ana.neighbours.length, 8);
  ana.give({ kind: "discovered", peers: net.listed() });
  net.run(SECOND);
  assert.equal(ana.neighbours.length, 8);
  assert.equal(hosts.filter(({ neighbours }) => neighbours.length > 0).length, 8);
});

Deno.test("a long list is sampled", () => {
  const net = new Pipes();
  for (let at = 0; at < 100; at += 1) net.host(`p${at}`);
  const ana = net.host("ana", { outbound: 8 });
  ana.give({ kind: "discovered", peers: net.listed() });
  net.run(SECOND);
  assert.equal(ana.neighbours.length, 8);
});

Deno.test("a neighbour that goes is replaced at once, and tried again after a back-off", () => {
  const net = new Pipes();
  const [one, two] = [net.host("one"), net.host("two")];
  const ana = net.host("ana", { outbound: 1 });
  ana.give({ kind: "discovered", peers: net.listed() });
  net.run(SECOND);
  const [first] = ana.neighbours;
  const gone = first === one.id ? one : two;
  net.kill(gone);
  net.run(100);
  assert.deepEqual(ana.neighbours, [gone === one ? two.id : one.id]);
});

Deno.test("who cannot be reached is tried again, ever less often, and connected when it can be", () => {
  const net = new Pipes();
  const bia = net.host("bia");
  const ana = net.host("ana", { outbound: 2 });
  bia.reachable = false;
  ana.give({ kind: "discovered", peers: net.listed() });
  net.run(10 * MINUTE);
  const attempts = ana.all("connect_failed");
  assert.ok(attempts.length > 8 && attempts.length < 26, `${attempts.length} attempts`);
  assert.equal(attempts[0]!.tag, null);
  assert.equal(attempts[0]!.fault, "unreachable");
  bia.reachable = true;
  net.run(MINUTE);
  assert.deepEqual(ana.neighbours, ["bia@UnB"]);
});

Deno.test("/connect: connected, already connected, not registered, unreachable, itself", () => {
  const net = new Pipes();
  const [ana, bia, rui] = [net.host("ana"), net.host("bia"), net.host("rui")];
  rui.reachable = false;
  const first = ana.command("connect", { peer: "bia@UnB" });
  const request = ana.requests.at(-1)!;
  assert.deepEqual(request, { kind: "discover", namespace: undefined, purpose: "neighbours" });
  const outcome = { ok: true, peers: net.listed() } as const;
  ana.give({ kind: "rendezvous_answer", request, outcome });
  net.run(100);
  assert.deepEqual(ana.last("connected"), { kind: "connected", tag: first, peer: bia.id });
  const again = ana.command("connect", { peer: "bia@UnB" });
  assert.equal(ana.last("connected").tag, again);
  for (
    const [peer, fault] of [
      ["ana@UnB", "own_id"],
      ["nonsense", "unknown_peer"],
      ["rui@UnB", "unreachable"],
    ] as const
  ) {
    const tag = ana.command("connect", { peer });
    net.run(100);
    const failed = ana.all("connect_failed").find((report) => report.tag === tag);
    assert.equal(failed?.fault, fault);
  }
  const unknown = ana.command("connect", { peer: "zoe@UnB" });
  ana.give({ kind: "rendezvous_answer", request: ana.requests.at(-1)!, outcome });
  const failed = ana.all("connect_failed").find((report) => report.tag === unknown);
  assert.equal(failed?.fault, "unknown_peer");
  const lost = ana.command("connect", { peer: "zoe@UnB" });
  ana.give({
    kind: "rendezvous_answer",
    request: ana.requests.at(-1)!,
    outcome: { ok: false, fault: "unreachable", reason: "refused" },
  });
  const unasked = ana.all("connect_failed").find((report) => report.tag === lost);
  assert.equal(unasked?.detail, "refused");
});

Deno.test("who was asked for comes back when it can; who was sent away does not", () => {
  const net = new Pipes();
  const [ana, bia] = [net.host("ana", { outbound: 4 }), net.host("bia")];
  net.join(ana, bia);
  net.cutBetween(ana, bia);
  net.run(2 * SECOND);
  assert.deepEqual(ana.neighbours, ["bia@UnB"]);
  ana.command("disconnect", { peer: "bia@UnB" });
  net.run(10 * MINUTE);
  assert.deepEqual(ana.neighbours, []);
  net.join(ana, bia);
});

Deno.test("who said BYE is left alone for a while", () => {
  const net = new Pipes();
  const [ana, bia] = [net.host("ana", { outbound: 4 }), net.host("bia")];
  ana.give({ kind: "discovered", peers: net.listed() });
  net.run(SECOND);
  bia.command("disconnect", { peer: "ana@UnB" });
  net.run(4 * MINUTE);
  assert.deepEqual(ana.neighbours, []);
  net.run(2 * MINUTE);
  assert.deepEqual(ana.neighbours, ["bia@UnB"]);
});

Deno.test("inbound neighbours do not take the places of outbound ones", () => {
  const net = new Pipes();
  const ana = net.host("ana", { outbound: 1 });
  for (let at = 0; at < 5; at += 1) new Puppet(ana, `p${at}@Giga`);
  net.host("bia");
  ana.give({ kind: "discovered", peers: net.listed() });
  net.run(SECOND);
  assert.equal(ana.neighbours.length, 6);
});
