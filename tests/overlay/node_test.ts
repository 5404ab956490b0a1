import assert from "node:assert/strict";
import { SECOND } from "../../lib/base/units.ts";
import { Pipes } from "./pipes.ts";

Deno.test("two nodes: handshake, SEND, ACK, and the fate with its time", () => {
  const net = new Pipes();
  const [ana, bia] = net.chain(["ana", "bia"]);
  assert.deepEqual(ana!.neighbours, ["bia@UnB"]);
  assert.deepEqual(bia!.neighbours, ["ana@UnB"]);
  assert.equal(ana!.last("neighbour_up").outbound, true);
  assert.equal(bia!.last("neighbour_up").outbound, false);
  const tag = ana!.send("bia@UnB", "olá");
  net.run(SECOND);
  assert.deepEqual(ana!.fate(tag), { kind: "delivered", via: null, hops: 1, ms: 20 });
  const shown = bia!.last("message");
  assert.equal(shown.from, "ana@UnB");
  assert.equal(shown.text, "olá");
  assert.equal(shown.via, null);
});

Deno.test("three nodes: a route is found, used and shown, and the relay says nothing", () => {
  const net = new Pipes();
  const [ana, rui, bia] = net.chain(["ana", "rui@Giga", "bia"]);
  const tag = ana!.send("bia@UnB", "por ti");
  net.run(SECOND);
  // WHO_HAS and its answer, then SEND and ACK over two links each way.
  assert.deepEqual(ana!.fate(tag), { kind: "delivered", via: "rui@Giga", hops: 2, ms: 60 });
  assert.equal(bia!.last("message").via, "rui@Giga");
  assert.deepEqual(rui!.texts, []);
  ana!.command("routes", {});
  assert.deepEqual(ana!.last("routes").neighbours.map(({ peer }) => peer), ["rui@Giga"]);
  assert.deepEqual(ana!.last("routes").routes, [{
    dst: "bia@UnB",
    next: "rui@Giga",
    via: "rui@Giga",
    hops: 2,
    age: SECOND - 20,
    rtt: 40,
    delivered: 1,
    failed: 0,
  }]);
  const again = ana!.send("bia@UnB", "de novo");
  net.run(SECOND);
  assert.deepEqual(ana!.fate(again), { kind: "delivered", via: "rui@Giga", hops: 2, ms: 40 });
  assert.equal(rui!.node.counters.relayed, 2);
});

const names = (
  relays: number,
) => ["ana", ...Array.from({ length: relays }, (_, at) => `r${at}`), "zoe"];

Deno.test("a chain of eight relays delivers, one of nine has no hops left", () => {
  const eight = new Pipes();
  const ofEight = eight.chain(names(8));
  const delivered = ofEight[0]!.send("zoe@UnB", "longe");
  eight.run(2 * SECOND);
  const fate = ofEight[0]!.fate(delivered);
  assert.equal(fate.kind === "delivered" && fate.hops, 9);
  assert.deepEqual(ofEight.at(-1)!.texts, ["longe"]);

  const nine = new Pipes();
  const ofNine = nine.chain(names(9));
  const expired = ofNine[0]!.send("zoe@UnB", "longe demais");
  nine.run(2 * SECOND);
  const failed = ofNine[0]!.fate(expired);
  assert.equal(failed.kind === "not_delivered" && failed.fault, "ttl_expired");
  assert.deepEqual(ofNine.at(-1)!.texts, []);
});

Deno.test("publications: shown once in their namespace, carried through every other", () => {
  const net = new Pipes();
  const [ana, rui, bia, caio] = net.chain(["ana", "rui@Giga", "bia", "caio@Giga"]);
  net.join(ana!, bia!);
  const some = ana!.send("#UnB", "para UnB");
  const all = ana!.send("*", "para todos");
  net.run(SECOND);
  assert.deepEqual(ana!.fate(some), { kind: "published", neighbours: 2, refused: 0 });
  assert.deepEqual(ana!.fate(all), { kind: "published", neighbours: 2, refused: 0 });
  assert.deepEqual(rui!.texts, ["para todos"]);
  assert.deepEqual(bia!.texts, ["para UnB", "para todos"]);
  assert.deepEqual(caio!.texts, ["para todos"]);
  assert.deepEqual(ana!.texts, []);
});

Deno.test("nobody has it: no_route after three seconds; nobody there: said at once", () => {
  const net = new Pipes();
  const [ana] = net.chain(["ana", "bia"]);
  const tag = ana!.send("zoe@UnB", "quem?");
  net.run(2999);
  assert.equal(ana!.all("fate").length, 0);
  net.run(1);
  assert.deepEqual(ana!.fate(tag), { kind: "not_delivered", fault: "no_route", detail: "" });
  const alone = net.host("so");
  const published = alone.send("*", "eco");
  assert.deepEqual(alone.fate(published), {
    kind: "not_delivered",
    fault: "no_neighbours",
    detail: "",
  });
});

Deno.test("what cannot be sent is refused with the reason", () => {
  const net = new Pipes();
  const [ana] = net.chain(["ana", "bia"]);
  for (
    const [to, text, fault] of [
      ["ana@UnB", "eu", "own_id"],
      ["bia", "sem arroba", "bad_target"],
      ["#", "sem nome", "bad_target"],
      ["bia@UnB", "x".repeat(40_000), "too_long"],
      ["*", "x".repeat(40_000), "too_long"],
    ] as const
  ) {
    const fate = ana!.fate(ana!.send(to, text));
    assert.equal(fate.kind === "not_delivered" && fate.fault, fault);
  }
});

Deno.test("a relay that dies with the message: it goes another way at once", () => {
  const net = new Pipes();
  const [ana, rui, bia] = net.chain(["ana", "rui", "bia"]);
  const sol = net.host("sol");
  net.join(ana!, sol);
  ana!.send("bia@UnB", "um");
  net.run(SECOND);
  net.join(sol, bia!);
  const tag = ana!.send("bia@UnB", "dois");
  net.run(5);
  net.kill(rui!);
  net.run(SECOND);
  const fate = ana!.fate(tag);
  assert.equal(fate.kind === "delivered" && fate.via, "sol@UnB");
  assert.ok(ana!.all("route_lost").some(({ next }) => next === "rui@UnB"));
  assert.deepEqual(bia!.texts, ["um", "dois"]);
});

Deno.test("a link behind the first relay dies: RELAY_FAIL leads to another way", () => {
  const net = new Pipes();
  const [ana, r1, r2, bia] = net.chain(["ana", "r1", "r2", "bia"]);
  ana!.send("bia@UnB", "um");
  net.run(SECOND);
  const r3 = net.host("r3");
  net.join(r1!, r3);
  net.join(r3, bia!);
  const tag = ana!.send("bia@UnB", "dois");
  net.run(15);
  net.kill(r2!);
  net.run(SECOND);
  const fate = ana!.fate(tag);
  assert.equal(fate.kind === "delivered" && fate.via, "r1@UnB");
  assert.deepEqual(bia!.texts, ["um", "dois"]);
});

Deno.test("of two routes the shorter is used, and the other one when it fails", () => {
  const net = new Pipes();
  const [ana, , , bia] = net.chain(["ana", "r1", "r2", "bia"]);
  const sol = net.host("sol");
  net.join(ana!, sol);
  net.join(sol, bia!);
  const first = ana!.send("bia@UnB", "dois saltos");
  net.run(SECOND);
  const short = ana!.fate(first);
  assert.equal(short.kind === "delivered" && short.via, "sol@UnB");
  ana!.command("routes", {});
  const known = ana!.last("routes").routes.map(({ next, hops }) => [next, hops]);
  assert.deepEqual(known, [["sol@UnB", 2], ["r1@UnB", 3]]);
  net.kill(sol);
  net.run(SECOND);
  const second = ana!.send("bia@UnB", "três saltos");
  net.run(SECOND);
  const long = ana!.fate(second);
  assert.deepEqual(long, { kind: "delivered", via: "r1@UnB", hops: 3, ms: 60 });
});

Deno.test("a direct link that is dead without a word: the message gets there by another way", () => {
  const net = new Pipes();
  const [ana, bia] = net.chain(["ana", "bia"]);
  const rui = net.host("rui");
  net.join(ana!, rui);
  net.join(rui, bia!);
  const [link] = ana!.ends.keys();
  ana!.ends.delete(link!);
  const tag = ana!.send("bia@UnB", "pela volta");
  net.run(10 * SECOND + 100);
  const fate = ana!.fate(tag);
  assert.equal(fate.kind === "delivered" && fate.via, "rui@UnB");
  assert.deepEqual(bia!.texts, ["pela volta"]);
});

Deno.test("five hundred messages at once all arrive, paced under the quota of the neighbour", () => {
  const net = new Pipes();
  const [ana, bia] = net.chain(["ana", "bia"]);
  const tags = Array.from({ length: 500 }, (_, at) => ana!.send("bia@UnB", `${at}`));
  net.run(10 * SECOND);
  for (const tag of tags) assert.equal(ana!.fate(tag).kind, "delivered");
  assert.equal(bia!.node.counters.overQuota, 0);
  assert.equal(bia!.texts.length, 500);
});

Deno.test("watch: every line that passes is shown, in and out, until it is off", () => {
  const net = new Pipes();
  const [ana] = net.chain(["ana", "bia"]);
  ana!.send("bia@UnB", "antes");
  net.run(100);
  assert.equal(ana!.all("watched").length, 0);
  ana!.command("watch", { on: true });
  ana!.send("bia@UnB", "olha");
  net.run(100);
  const seen = ana!.all("watched").map(({ direction, peer, line }) => [
    direction,
    peer,
    JSON.parse(line).type,
  ]);
  assert.deepEqual(seen, [["out", "bia@UnB", "SEND"], ["in", "bia@UnB", "ACK"]]);
  ana!.command("watch", { on: false });
  ana!.send("bia@UnB", "depois");
  net.run(100);
  assert.equal(ana!.all("watched").length, 2);
});

Deno.test("peers: who is registered and who is connected, with what is known of the link", () => {
  const net = new Pipes();
  const [ana, bia] = net.chain(["ana", "bia"]);
  const eve = net.host("eve@Giga");
  net.join(eve, ana!);
  net.run(2 * SECOND);
  const tag = ana!.command("peers", { namespace: "UnB" });
  const request = ana!.requests.at(-1)!;
  assert.deepEqual(request, { kind: "discover", namespace: "UnB", purpose: { tag } });
  const peers = net.listed([ana!, bia!, net.host("zoe")]);
  ana!.give({ kind: "rendezvous_answer", request, outcome: { ok: true, peers } });
  const rows = ana!.last("peers").peers;
  assert.deepEqual(rows.map(({ peer }) => peer), ["bia@UnB", "zoe@UnB"]);
  assert.equal(rows[0]!.connection?.rtt, 20);
  assert.equal(rows[1]!.connection, null);
  const all = ana!.command("peers", { namespace: undefined });
  ana!.give({
    kind: "rendezvous_answer",
    request: ana!.requests.at(-1)!,
    outcome: { ok: false, fault: "unreachable", reason: "connection refused" },
  });
  const fallback = ana!.last("peers");
  assert.equal(fallback.tag, all);
  assert.equal(fallback.fault, "connection refused");
  assert.deepEqual(fallback.peers.map(({ peer }) => peer), ["bia@UnB", "eve@Giga"]);
});

Deno.test("quit: BYE to everyone, UNREGISTER, no message left without a fate, then finished", () => {
  const net = new Pipes();
  const [ana, bia] = net.chain(["ana", "bia"]);
  ana!.give({ kind: "start" });
  const register = ana!.requests.find((request) => request.kind === "register")!;
  ana!.give({ kind: "rendezvous_answer", request: register, outcome: { ok: true, ttl: 7200 } });
  const lost = ana!.send("zoe@UnB", "tarde");
  const quit = ana!.command("quit", {});
  const fate = ana!.fate(lost);
  assert.equal(fate.kind === "not_delivered" && fate.fault, "quitting");
  net.run(100);
  assert.deepEqual(bia!.neighbours, []);
  assert.equal(bia!.last("neighbour_down").reason, "bye_received");
  assert.equal(ana!.all("finished").length, 0);
  const unregister = ana!.requests.at(-1)!;
  assert.deepEqual(unregister, {
    kind: "unregister",
    namespace: "UnB",
    name: "ana",
    port: ana!.port,
  });
  ana!.give({ kind: "rendezvous_answer", request: unregister, outcome: { ok: true } });
  assert.deepEqual(ana!.all("finished"), [{ kind: "finished", tag: quit }]);
  const after = ana!.fate(ana!.send("bia@UnB", "depois"));
  assert.equal(after.kind === "not_delivered" && after.fault, "quitting");
});

Deno.test("quit: the ways through those who were left are not told as lost", () => {
  const net = new Pipes();
  const [ana] = net.chain(["ana", "bia", "caio"]);
  ana!.send("caio@UnB", "oi");
  net.run(200);
  assert.equal(ana!.all("route_found").length, 1);
  ana!.command("quit", {});
  net.run(200);
  assert.deepEqual(ana!.all("route_lost"), []);
});

Deno.test("quit: a neighbour and a rendezvous that do not answer hold up the end for two seconds", () => {
  const net = new Pipes();
  const [ana, bia] = net.chain(["ana", "bia"]);
  bia!.reads = false;
  ana!.command("quit", {});
  net.run(1999);
  assert.equal(ana!.all("finished").length, 0);
  net.run(1);
  assert.equal(ana!.all("finished").length, 1);
});
