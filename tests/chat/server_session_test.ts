import { strict as assert } from "node:assert";
import { LIMITS } from "../../lib/base/limits.ts";
import { LonePeer } from "./lone_peer.ts";
import { Network } from "./network.ts";

Deno.test("registration is USER, then LIST, whose reply says yes", () => {
  const lone = new LonePeer("Ana", 20000).start();
  assert.deepEqual(lone.effects(), [{
    kind: "connect",
    link: lone.server,
    host: "server.example",
    port: 10000,
    lineLimit: LIMITS.serverReplyBytes,
  }]);
  lone.give({ kind: "connected", link: lone.server });
  assert.deepEqual(lone.sent(lone.server), ["USER Ana:20000", "LIST"]);
  assert.deepEqual(lone.statuses(), []);
  lone.serverSays("LIST Bruno:Camila");
  assert.deepEqual(lone.statuses(), [
    { kind: "registered", name: "Ana", again: false, names: ["Bruno", "Camila"] },
  ]);
});

Deno.test("a name is sent in its NFC form", () => {
  const lone = new LonePeer("Jose\u0301").start();
  lone.give({ kind: "connected", link: lone.server });
  assert.equal(lone.sent(lone.server)[0], "USER José:20000");
});

Deno.test("two closes before the first reply are a no, and nothing is tried until a rename", () => {
  const lone = new LonePeer().start();
  lone.give({ kind: "connected", link: lone.server }).loses(lone.server);
  assert.deepEqual(lone.statuses(), [], "it may have been the end of the server");
  lone.give({ kind: "connected", link: lone.server });
  assert.deepEqual(lone.sent(lone.server), ["USER Ana:20000", "LIST"]);
  lone.loses(lone.server);
  assert.deepEqual(lone.statuses(), [{ kind: "name_refused", name: "Ana", held: false }]);
  assert.equal(lone.peer.wakeAt(), null);
  lone.effects();
  lone.does({ kind: "rename", name: "Ana Lu\u0301cia" });
  lone.give({ kind: "connected", link: lone.server });
  assert.deepEqual(lone.sent(lone.server), ["USER Ana Lúcia:20000", "LIST"]);
  lone.serverSays("LIST Ana");
  assert.deepEqual(lone.statuses(), [
    { kind: "registered", name: "Ana Lúcia", again: false, names: ["Ana"] },
  ]);
});

Deno.test("a server that ends before its first reply is away, and has not refused the name", () => {
  const lone = new LonePeer().start();
  lone.give({ kind: "connected", link: lone.server }).loses(lone.server, "reset");
  lone.give({ kind: "unreachable", link: lone.server, reason: "refused" });
  assert.deepEqual(lone.statuses(), [{ kind: "server_away", first: true, reason: "refused" }]);
  lone.passes(1000);
  lone.give({ kind: "connected", link: lone.server }).loses(lone.server);
  lone.give({ kind: "connected", link: lone.server }).serverSays("LIST ");
  assert.deepEqual(lone.statuses(), [{ kind: "registered", name: "Ana", again: false, names: [] }]);
});

Deno.test("every refusal of a name that was never ours is said", () => {
  const lone = new LonePeer().start();
  for (const name of ["Ana", "Eva"]) {
    if (name !== "Ana") lone.does({ kind: "rename", name });
    lone.isRefused("reset");
    assert.deepEqual(lone.statuses(), [{ kind: "name_refused", name, held: false }]);
  }
});

Deno.test("a name that is ours, or about to be, is not changed under the server's eyes", () => {
  const lone = new LonePeer().start();
  lone.give({ kind: "connected", link: lone.server });
  lone.does({ kind: "rename", name: "Eva" });
  assert.equal(lone.peer.name, "Ana");
  lone.serverSays("LIST ").does({ kind: "rename", name: "Eva" });
  assert.equal(lone.peer.name, "Ana");
});

Deno.test("a rename while the connection is being made registers the new name", () => {
  const lone = new LonePeer().start().does({ kind: "rename", name: "Eva" });
  lone.give({ kind: "connected", link: lone.server });
  assert.deepEqual(lone.sent(lone.server), ["USER Eva:20000", "LIST"]);
});

Deno.test("KEEP goes out every five seconds and only while registered", () => {
  const lone = LonePeer.registered();
  for (let kept = 1; kept <= 4; kept += 1) {
    lone.passes(4999);
    assert.deepEqual(lone.sent(lone.server), []);
    lone.passes(1);
    const probe = kept % 2 === 0 ? ["ADDR Ana"] : [];
    assert.deepEqual(lone.sent(lone.server), ["KEEP", ...probe]);
    if (probe.length > 0) lone.serverSays("ADDR 10.0.0.5:20000");
    assert.deepEqual(lone.statuses(), []);
    lone.effects();
  }
});

Deno.test("a server that does not answer for our own name any more is away", () => {
  const lone = LonePeer.registered();
  lone.passes(LIMITS.chatProbe).serverSays("ADDR 10.0.0.5:20000");
  lone.passes(LIMITS.chatProbe);
  assert.equal(lone.sent(lone.server).at(-1), "ADDR Ana");
  lone.effects();
  const { server } = lone;
  lone.passes(LIMITS.serverReply);
  assert.deepEqual(lone.effects().at(-1), { kind: "abort", link: server });
  assert.deepEqual(lone.statuses(), [
    { kind: "server_away", first: false, reason: "no answer" },
  ]);
});

Deno.test("the silence of a server that has never answered for our own name means nothing", () => {
  const lone = LonePeer.registered();
  lone.passes(LIMITS.chatProbe);
  lone.does({ kind: "list" }).serverSays("LIST Bruno");
  assert.deepEqual(lone.statuses(), [{ kind: "users", names: ["Bruno"] }]);
  lone.passes(10 * LIMITS.serverReply);
  assert.deepEqual(lone.statuses(), []);
  lone.does({ kind: "list" }).serverSays("LIST Bruno:Camila");
  assert.deepEqual(lone.statuses(), [{ kind: "users", names: ["Bruno", "Camila"] }]);
});

Deno.test("after a long sleep of the machine one KEEP is enough", () => {
  const lone = LonePeer.registered();
  lone.now += 3_600_000;
  lone.give({ kind: "wake" });
  assert.deepEqual(lone.sent(lone.server), ["KEEP", "ADDR Ana"]);
  assert.equal(lone.peer.wakeAt(), lone.now + LIMITS.chatKeepalive);
});

Deno.test("an active user is found by the ADDR reply, at once and without a timer", () => {
  const lone = LonePeer.registered();
  lone.does({ kind: "chat", name: "Bruno" });
  assert.deepEqual(lone.sent(lone.server), ["ADDR Bruno", "LIST"]);
  lone.effects();
  lone.serverSays("ADDR 10.0.0.7:21500");
  assert.deepEqual(lone.effects(), [
    { kind: "connect", link: lone.server + 2, host: "10.0.0.7", port: 21500 },
  ]);
  lone.serverSays("LIST Bruno");
  assert.deepEqual(lone.statuses(), [], "the LIST of a lookup is not shown");
});

Deno.test("an inactive user is known by a LIST reply with no ADDR before it", () => {
  const lone = LonePeer.registered();
  const { now } = lone;
  lone.does({ kind: "chat", name: "Bruno" }).serverSays("LIST Camila");
  assert.deepEqual(lone.statuses(), [
    { kind: "refused", refusal: { why: "not_active", name: "Bruno" } },
  ]);
  assert.equal(lone.now, now);
});

Deno.test("an ADDR reply with three parts counts by its last two", () => {
  const lone = LonePeer.registered();
  lone.does({ kind: "chat", name: "Bruno" });
  lone.effects();
  lone.serverSays("ADDR Bruno:10.0.0.7:21500");
  assert.deepEqual(lone.effects(), [
    { kind: "connect", link: lone.server + 2, host: "10.0.0.7", port: 21500 },
  ]);
});

Deno.test("replies answer requests in their order, whatever is asked at once", () => {
  const lone = LonePeer.registered();
  lone.does({ kind: "list" }).does({ kind: "chat", name: "B" }).does({ kind: "list" })
    .does({ kind: "chat", name: "C" });
  assert.deepEqual(lone.sent(lone.server), ["LIST", "ADDR B", "LIST", "LIST", "ADDR C", "LIST"]);
  lone.effects();
  lone.serverSays("LIST C", "LIST C:D", "LIST C:E", "ADDR 10.0.0.3:3", "LIST C");
  assert.deepEqual(lone.statuses(), [
    { kind: "users", names: ["C"] },
    { kind: "refused", refusal: { why: "not_active", name: "B" } },
    { kind: "users", names: ["C", "E"] },
  ]);
  assert.equal(lone.effects().filter(({ kind }) => kind === "connect").length, 1);
});

Deno.test("a request that cannot be one is not sent to the server", async (t) => {
  const names = ["", "a\nKEEP", "a\r", "Ana:20000", "x".repeat(65), "x".repeat(9000)];
  for (const name of names) {
    await t.step(JSON.stringify(name.slice(0, 70)), () => {
      const lone = LonePeer.registered();
      lone.does({ kind: "to", name, text: "hi" });
      assert.deepEqual(lone.effects(), []);
      assert.deepEqual(lone.statuses(), [
        { kind: "refused", refusal: { why: "not_active", name } },
        { kind: "not_sent", name, text: "hi" },
      ]);
    });
  }
});

Deno.test("replies that nobody asked for, and lines that are none, are only counted", () => {
  const lone = LonePeer.registered();
  lone.serverSays("LIST Bruno", "ADDR 10.0.0.7:1", "HELLO", "", "ADDR", "ADDR x:y");
  lone.give({ kind: "line_too_long", link: lone.server, limit: 1 });
  assert.deepEqual(
    lone.statuses().map((status) => status.kind === "remote_error" && status.code),
    [
      "unasked_reply",
      "unasked_reply",
      "bad_reply",
      "bad_reply",
      "bad_reply",
      "bad_reply",
      "line_too_long",
    ],
  );
  assert.deepEqual(lone.effects(), []);
  lone.does({ kind: "chat", name: "B" }).serverSays("ADDR 10.0.0.7:1", "ADDR 10.0.0.8:1", "LIST ");
  assert.deepEqual(lone.statuses(), [
    { kind: "remote_error", code: "unasked_reply", from: "server" },
  ]);
});

Deno.test("half of a reply, which a server that ended has left, is none", () => {
  const lone = LonePeer.registered();
  lone.does({ kind: "to", name: "Bruno", text: "hi" });
  lone.effects();
  const bytes = new TextEncoder().encode("ADDR 10.0.0.7:215");
  lone.give({ kind: "line", link: lone.server, bytes, unended: true }).loses(lone.server);
  assert.deepEqual(lone.effects(), []);
  assert.deepEqual(lone.statuses(), [
    { kind: "server_away", first: false, reason: "end_of_file" },
    { kind: "refused", refusal: { why: "no_server", name: "Bruno" } },
    { kind: "not_sent", name: "Bruno", text: "hi" },
  ]);
});

Deno.test("names in a LIST that are no names are left out", () => {
  const lone = LonePeer.registered();
  lone.does({ kind: "list" }).serverSays(`LIST a::${"x".repeat(65)}:b\u0007:Jose\u0301`);
  assert.deepEqual(lone.statuses(), [{ kind: "users", names: ["a", "José"] }]);
});

Deno.test("a server that cannot be reached is said once, and tried again with growing delays", () => {
  const lone = new LonePeer().start();
  const delays: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    lone.give({ kind: "unreachable", link: lone.server, reason: "refused" });
    const wait = lone.peer.wakeAt()! - lone.now;
    delays.push(wait);
    lone.passes(wait - 1);
    assert.equal(lone.done(lone.server).length, 1, "not before its time");
    lone.effects();
    lone.passes(1);
    assert.deepEqual(lone.done(lone.server), ["connect"]);
  }
  assert.deepEqual(lone.statuses(), [{ kind: "server_away", first: true, reason: "refused" }]);
  delays.forEach((delay, index) => {
    const full = Math.min(30_000, 1000 * 2 ** index);
    assert.ok(delay >= full / 2 && delay <= full, `${delay} of ${full}`);
  });
});

Deno.test("a server that goes away is said once, and the registration is renewed", () => {
  const lone = LonePeer.registered();
  const bruno = lone.calledBy("Bruno");
  lone.statuses();
  const former = lone.server;
  lone.loses(former, "reset");
  assert.deepEqual(lone.statuses(), [{ kind: "server_away", first: false, reason: "reset" }]);
  lone.does({ kind: "list" });
  assert.deepEqual(lone.statuses(), [
    { kind: "refused", refusal: { why: "no_server", name: null } },
  ]);
  lone.does({ kind: "to", name: "Camila", text: "hi" });
  assert.deepEqual(lone.statuses(), [
    { kind: "refused", refusal: { why: "no_server", name: "Camila" } },
    { kind: "not_sent", name: "Camila", text: "hi" },
  ]);
  lone.effects();
  lone.does({ kind: "say", text: "still here" });
  assert.deepEqual(lone.sent(bruno), ["still here"], "conversations go on");
  lone.passes(1000);
  assert.notEqual(lone.server, former);
  lone.give({ kind: "connected", link: lone.server });
  assert.deepEqual(lone.sent(lone.server), ["USER Ana:20000", "LIST"]);
  lone.statuses();
  lone.serverSays("LIST Bruno");
  assert.deepEqual(lone.statuses(), [
    { kind: "registered", name: "Ana", again: true, names: ["Bruno"] },
  ]);
  lone.loses(lone.server);
  assert.equal(lone.statuses().length, 1, "a new absence is news");
});

Deno.test("a name of ours that another took is said once and tried again until it is free", () => {
  const lone = LonePeer.registered().loses(1);
  lone.passes(1000).statuses();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (attempt === 0) lone.isRefused();
    else lone.give({ kind: "connected", link: lone.server }).loses(lone.server);
    assert.deepEqual(
      lone.statuses(),
      attempt === 0 ? [{ kind: "name_refused", name: "Ana", held: true }] : [],
    );
    const former = lone.server;
    lone.passes(30_000);
    assert.notEqual(lone.server, former);
  }
  lone.give({ kind: "connected", link: lone.server }).serverSays("LIST ");
  assert.deepEqual(lone.statuses(), [{ kind: "registered", name: "Ana", again: true, names: [] }]);
});

Deno.test("a server that does not answer for ten seconds is cut and counts as away", async (t) => {
  await t.step("while registering", () => {
    const lone = new LonePeer().start();
    lone.give({ kind: "connected", link: lone.server });
    const { server } = lone;
    lone.passes(LIMITS.serverReply - 1);
    assert.deepEqual(lone.statuses(), []);
    lone.passes(1);
    assert.deepEqual(lone.done(server), ["connect", "abort"]);
    assert.deepEqual(lone.statuses(), [{ kind: "server_away", first: true, reason: "no answer" }]);
  });
  await t.step("after a request, which is answered so", () => {
    const lone = LonePeer.registered();
    const { server } = lone;
    lone.does({ kind: "to", name: "Bruno", text: "hi" }).passes(LIMITS.serverReply);
    assert.deepEqual(lone.done(server), ["abort"]);
    assert.deepEqual(lone.statuses(), [
      { kind: "server_away", first: false, reason: "no answer" },
      { kind: "refused", refusal: { why: "no_server", name: "Bruno" } },
      { kind: "not_sent", name: "Bruno", text: "hi" },
    ]);
  });
});

Deno.test("input of a connection to a former server is nobody's", () => {
  const lone = LonePeer.registered();
  const former = lone.server;
  lone.loses(former).passes(1000).effects();
  lone.statuses();
  lone.hears(former, "LIST Bruno", "USER Mallory").loses(former);
  assert.deepEqual([lone.effects(), lone.statuses()], [[], []]);
});

Deno.test("requests that wait for their replies are bounded", () => {
  const lone = LonePeer.registered();
  for (let asked = 0; asked < LIMITS.chatPendingRequests; asked += 1) lone.does({ kind: "list" });
  assert.deepEqual(lone.statuses(), []);
  lone.does({ kind: "list" });
  assert.deepEqual(lone.statuses(), [
    { kind: "refused", refusal: { why: "no_server", name: null } },
  ]);
  assert.equal(lone.sent(lone.server).length, LIMITS.chatPendingRequests);
});

Deno.test("with a directory: a taken name is refused, the same address takes its name over", () => {
  const network = new Network();
  network.startServer();
  const first = network.join("Ana", { ip: "10.0.0.50", port: 20000 });
  const thief = network.join("Ana", { ip: "10.0.0.51", port: 20000 });
  assert.deepEqual(thief.take(), [{ kind: "name_refused", name: "Ana", held: false }]);
  thief.does({ kind: "rename", name: "Eva" });
  assert.deepEqual(thief.take(), [
    { kind: "registered", name: "Eva", again: false, names: ["Ana"] },
  ]);
  network.powerOff(first);
  const back = network.join("Ana", { ip: "10.0.0.50", port: 20000 });
  assert.deepEqual(back.take(), [
    { kind: "registered", name: "Ana", again: false, names: ["Eva"] },
  ]);
});

Deno.test("with a directory: keepalives hold a name for an hour, and silence loses it in 15 s", () => {
  const network = new Network();
  network.startServer();
  const ana = network.join("Ana");
  const bruno = network.join("Bruno");
  network.advance(3_600_000);
  bruno.take();
  assert.deepEqual(bruno.does({ kind: "list" }).take(), [{ kind: "users", names: ["Ana"] }]);
  assert.deepEqual(ana.take().map(({ kind }) => kind), ["registered"]);
  network.powerOff(ana);
  network.advance(LIMITS.chatLease);
  assert.deepEqual(bruno.does({ kind: "list" }).take(), [{ kind: "users", names: [] }]);
});

Deno.test("with a directory: a server that starts anew has its users back", () => {
  const network = new Network();
  const server = network.startServer();
  const people = ["Ana", "Bruno", "Camila"].map((name, seed) => network.join(name, { seed }));
  people.forEach((person) => person.take());
  network.kill(server);
  network.advance(3000);
  network.startServer();
  network.advance(30_000);
  for (const person of people) {
    assert.deepEqual(person.take().map(({ kind }) => kind), ["server_away", "registered"]);
    const [users] = person.does({ kind: "list" }).take();
    assert.equal(users?.kind === "users" && users.names.length, 2);
  }
});

Deno.test("the program can be left in every state of the session", async (t) => {
  const states: [string, (lone: LonePeer) => unknown, closes: boolean][] = [
    ["offline", () => {}, false],
    ["connecting", (lone) => lone.start(), true],
    ["registering", (lone) => lone.start().give({ kind: "connected", link: lone.server }), true],
    ["waiting", (lone) => {
      lone.start().give({ kind: "unreachable", link: lone.server, reason: "refused" });
    }, false],
    ["refused", (lone) => lone.start().isRefused(), false],
  ];
  for (const [state, reach, closes] of states) {
    await t.step(state, () => {
      const lone = new LonePeer();
      reach(lone);
      lone.effects();
      lone.does({ kind: "exit" });
      assert.deepEqual(lone.done(lone.server), closes ? ["close"] : []);
      assert.deepEqual(lone.statuses().at(-1), { kind: "left" });
      assert.equal(lone.peer.wakeAt(), null);
    });
  }
});

Deno.test("a rename does not wait for the next attempt", () => {
  const lone = new LonePeer().start();
  lone.give({ kind: "unreachable", link: lone.server, reason: "refused" });
  lone.effects();
  lone.does({ kind: "rename", name: "Eva" });
  assert.deepEqual(lone.done(lone.server), ["connect"]);
  assert.equal(lone.peer.wakeAt(), null);
});
