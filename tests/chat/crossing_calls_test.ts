import { strict as assert } from "node:assert";
import { LIMITS } from "../../lib/base/limits.ts";
import { seededRandom } from "../../lib/base/random.ts";
import { CALLER_IP, LonePeer } from "./lone_peer.ts";
import { Network, type Person } from "./network.ts";

/** Texts that a person was shown, and how often a conversation with them opened and closed. */
function record(person: Person) {
  const statuses = person.take();
  return {
    shown: statuses.flatMap((one) => one.kind === "message" ? [one.text] : []),
    opened: statuses.filter(({ kind }) => kind === "opened").length,
    closed: statuses.filter(({ kind }) => kind === "closed").length,
    notSent: statuses.filter(({ kind }) => kind === "not_sent").length,
    labels: [
      ...new Set(statuses.flatMap((one) => "partner" in one ? [one.partner.label] : [])),
    ],
  };
}

function pair(network: Network): [Person, Person] {
  network.startServer();
  const people: [Person, Person] = [network.join("Ana"), network.join("Bruno")];
  people.forEach((person) => person.take());
  return people;
}

Deno.test("two who call each other at once have one conversation, on one connection", () => {
  const network = new Network();
  const [ana, bruno] = pair(network);
  ana.begins({ kind: "chat", name: "Bruno" });
  bruno.begins({ kind: "chat", name: "Ana" });
  network.advance(LIMITS.linger + 100);
  ana.says("oi");
  bruno.says("olá");
  assert.deepEqual(record(ana), {
    shown: ["olá"],
    opened: 1,
    closed: 0,
    notSent: 0,
    labels: ["Bruno"],
  });
  assert.deepEqual(record(bruno), {
    shown: ["oi"],
    opened: 1,
    closed: 0,
    notSent: 0,
    labels: ["Ana"],
  });
  assert.deepEqual(
    [ana.ends.size, bruno.ends.size],
    [2, 2],
    "one to the server, one to each other",
  );
  bruno.does({ kind: "bye", name: null });
  assert.deepEqual([record(ana).closed, record(bruno).closed], [1, 1]);
  assert.deepEqual([ana.ends.size, bruno.ends.size], [1, 1]);
});

Deno.test("however the calls, texts and verdicts cross, all comes once, in order, with the right label", () => {
  for (let seed = 0; seed < 400; seed += 1) {
    const random = seededRandom(seed);
    const network = new Network();
    const [ana, bruno] = pair(network);
    const delays = new Map<string, number>();
    network.latency = (from, to) => {
      const path = `${from} ${to}`;
      if (!delays.has(path)) delays.set(path, 1 + Math.floor(random() * 200));
      return delays.get(path)!;
    };
    const written: Record<string, string[]> = { Ana: [], Bruno: [] };
    for (let turn = 0; turn < 10; turn += 1) {
      const [self, other] = random() < 0.5 ? [ana, bruno] : [bruno, ana];
      const text = `${self.name} ${turn}`;
      if (random() < 0.3) self.begins({ kind: "chat", name: other.name });
      else {
        written[self.name]!.push(text);
        self.begins({ kind: "to", name: other.name, text });
      }
      network.advance(Math.floor(random() * 150));
    }
    network.advance(10_000);
    for (const [self, other] of [[ana, bruno], [bruno, ana]] as const) {
      const { shown, opened, closed, notSent, labels } = record(self);
      assert.deepEqual(shown, written[other.name], `seed ${seed}`);
      assert.deepEqual({ opened, closed, notSent, labels }, {
        opened: 1,
        closed: 0,
        notSent: 0,
        labels: [other.name],
      }, `seed ${seed}`);
      assert.equal(self.ends.size, 2, `seed ${seed}: connections of ${self.name}`);
    }
  }
});

Deno.test("who comes back while the old connection hangs is the same conversation", async (t) => {
  for (const whoCalled of ["Ana", "Bruno"]) {
    await t.step(`${whoCalled} had called`, () => {
      const network = new Network();
      const [ana, bruno] = pair(network);
      if (whoCalled === "Ana") ana.calls("Bruno");
      else bruno.calls("Ana");
      ana.says("one");
      network.powerOff(bruno);
      network.advance(20_000);
      const back = network.join("Bruno", { ip: bruno.ip, port: bruno.port });
      back.take();
      ana.take();
      back.does({ kind: "to", name: "Ana", text: "back" });
      ana.says("welcome");
      const { shown, opened, closed, labels } = record(ana);
      assert.deepEqual({ shown, opened, closed, labels }, {
        shown: ["back"],
        opened: 0,
        closed: 0,
        labels: ["Bruno"],
      });
      assert.deepEqual(record(back).shown, ["welcome"], "it goes where somebody is");
    });
  }
});

Deno.test("a spare connection takes over when the main one breaks", () => {
  const network = new Network();
  const [ana, bruno] = pair(network);
  bruno.calls("Ana");
  network.powerOff(bruno);
  network.advance(20_000);
  const back = network.join("Bruno", { ip: bruno.ip, port: bruno.port });
  back.calls("Ana");
  ana.take();
  network.kill(back);
  network.advance(100);
  const again = network.join("Bruno", { ip: bruno.ip, port: bruno.port });
  again.calls("Ana");
  ana.take();
  ana.says("third time");
  assert.deepEqual(record(again).shown, ["third time"]);
});

Deno.test("a message and goodbye in one breath arrive with the sender's verified name", () => {
  const network = new Network();
  const [ana, bruno] = pair(network);
  network.latency = (from, to) => [from, to].includes("server") ? 100 : 1;
  ana.begins({ kind: "to", name: "Bruno", text: "just this" });
  network.advance(203);
  ana.begins({ kind: "exit" });
  network.advance(1000);
  assert.deepEqual(bruno.take().map(({ kind }) => kind), ["opened", "message", "closed"]);
});

Deno.test("who calls while being called does not connect twice, and loses no text", () => {
  const lone = LonePeer.registered("Ana");
  lone.does({ kind: "to", name: "Bruno", text: "one" }).does({ kind: "chat", name: "Bruno" });
  lone.serverSays(`ADDR ${CALLER_IP}:21500`, "LIST Bruno");
  const dialled = lone.server + 2;
  const inbound = lone.calledBy("Bruno");
  lone.does({ kind: "to", name: "Bruno", text: "two" });
  lone.calledBy("Camila", "verified", "10.0.0.8");
  lone.does({ kind: "switch", name: "Camila" });
  lone.statuses();
  lone.give({ kind: "connected", link: dialled });
  assert.deepEqual([lone.sent(dialled), lone.sent(inbound)], [[], ["one", "two"]]);
  assert.deepEqual(lone.done(dialled), ["connect", "close"]);
  assert.deepEqual(lone.statuses().map(({ kind }) => kind), ["switched"]);
  assert.equal(lone.peer.active?.label, "Bruno");
});

Deno.test("what is written while the second connection ends waits for that, or for our goodbye", () => {
  for (const end of ["DISC", "end", "late", "bye", "lost"]) {
    const lone = LonePeer.registered("Bruno");
    const outbound = lone.calling("Ana");
    const inbound = lone.calledBy("Ana");
    lone.effects();
    lone.statuses();
    lone.does({ kind: "say", text: "one" }).does({ kind: "say", text: "two" });
    assert.deepEqual([lone.sent(outbound), lone.sent(inbound)], [[], []], "they are held");
    if (end === "DISC") lone.hears(outbound, "DISC");
    else if (end === "end") lone.loses(outbound);
    else if (end === "late") lone.passes(LIMITS.linger);
    else if (end === "bye") lone.does({ kind: "bye", name: "Ana" });
    else lone.loses(inbound, "reset");
    const bye = end === "bye" ? ["DISC"] : [];
    assert.deepEqual(lone.sent(inbound), end === "lost" ? [] : ["one", "two", ...bye], end);
    const fate = end === "lost" ? "not_sent" : "sent";
    const kinds = lone.statuses().map(({ kind }) => kind);
    assert.deepEqual(kinds.filter((kind) => kind === fate), [fate, fate], end);
  }
});

Deno.test("the second connection is closed in time even if the other side does not", () => {
  const lone = LonePeer.registered("Bruno");
  const outbound = lone.calling("Ana");
  const inbound = lone.calledBy("Ana");
  assert.deepEqual(lone.sent(outbound), ["USER Bruno", "DISC"]);
  lone.hears(outbound, "was on its way");
  assert.equal(lone.peer.partners.length, 1);
  lone.passes(LIMITS.linger);
  assert.deepEqual(lone.done(outbound), ["connect", "close"]);
  assert.deepEqual(lone.statuses().map(({ kind }) => kind), ["opened", "message"]);
  lone.effects();
  lone.does({ kind: "say", text: "x" });
  assert.deepEqual(lone.sent(inbound), ["x"]);
});

Deno.test("of several connections with one person, the one that is left carries on", () => {
  const lone = LonePeer.registered("Ana");
  const links = [lone.calledBy("Bruno"), lone.calledBy("Bruno"), lone.calledBy("Bruno")];
  lone.effects();
  lone.statuses();
  for (const link of links.toReversed()) {
    lone.does({ kind: "say", text: "x" });
    assert.deepEqual(lone.sent(link), ["x"]);
    lone.effects();
    lone.loses(link, "reset");
  }
  assert.deepEqual(lone.statuses().map(({ kind }) => kind), ["sent", "sent", "sent", "closed"]);
  assert.equal(lone.peer.active, null);
});

Deno.test("goodbye ends every connection with that person", () => {
  const lone = LonePeer.registered("Ana");
  const links = [lone.calledBy("Bruno"), lone.calledBy("Bruno")];
  lone.effects();
  lone.statuses();
  lone.does({ kind: "bye", name: "Bruno" });
  for (const link of links) {
    assert.deepEqual([lone.sent(link), lone.done(link)], [["DISC"], ["close"]]);
  }
  assert.deepEqual(lone.statuses().map(({ kind }) => kind), ["closed"]);
});

Deno.test("a second, short visit of who is here already is part of the conversation", () => {
  for (const outbound of [false, true]) {
    const lone = LonePeer.registered("Davi");
    const first = outbound ? lone.calling("Bruno") : lone.calledBy("Bruno");
    lone.statuses();
    const visit = lone.accepts();
    lone.hears(visit, "USER Bruno", "by the way", "DISC");
    lone.serverSays(`ADDR ${CALLER_IP}:21500`, "LIST Bruno");
    assert.deepEqual(lone.statuses().map(({ kind }) => kind), ["message"]);
    lone.effects();
    lone.does({ kind: "say", text: "x" });
    assert.deepEqual(lone.sent(first), ["x"]);
  }
});

Deno.test("the second connection ends by the other side's DISC, its end, or our goodbye", () => {
  for (const end of ["DISC", "end", "bye"]) {
    const lone = LonePeer.registered("Bruno");
    const outbound = lone.calling("Ana");
    const inbound = lone.calledBy("Ana");
    lone.effects();
    lone.statuses();
    if (end === "DISC") lone.hears(outbound, "DISC");
    else if (end === "end") lone.loses(outbound);
    else lone.does({ kind: "bye", name: "Ana" });
    assert.deepEqual(lone.done(outbound), ["close"], end);
    assert.deepEqual(lone.sent(outbound), [], "DISC was said before");
    assert.deepEqual(lone.sent(inbound), end === "bye" ? ["DISC"] : [], end);
    assert.equal(lone.statuses().length, end === "bye" ? 1 : 0, end);
  }
});
