import assert from "node:assert/strict";
import { SECOND } from "../../../lib/base/units.ts";
import { CallWorld, type CallWorldPlan, type Sent } from "./call_world.ts";
import { assertCallable, type SimCallPeer, talking } from "./sim_call_peer.ts";

/** A call from the first word to the last: João calls, Maria accepts, one of them hangs up. */
function wholeCall(plan: CallWorldPlan, hangsUp: "João" | "Maria" = "João") {
  const world = new CallWorld(plan);
  const [joao, maria] = world.registered("João", "Maria");
  maria.whenInvited = "accept";
  joao.calls("Maria");
  world.until(() => talking(joao, maria));
  world.run(2 * SECOND);
  (hangsUp === "João" ? joao : maria).does({ kind: "hangup" });
  world.until(() => joao.machine.phone === "idle" && maria.machine.phone === "idle");
  world.run(SECOND);
  return { world, joao, maria };
}

/** What both persons must have seen of {@link wholeCall}, however the packets fared. */
function assertSeenWell(joao: SimCallPeer, maria: SimCallPeer): void {
  assert.equal(maria.all("invited").length, 1, "one invitation is shown");
  for (const peer of [joao, maria]) {
    assert.equal(peer.all("connected").length, 1, `${peer.name}: connected once`);
    assert.equal(peer.all("ended").length, 1, `${peer.name}: ended once`);
    assert.equal(peer.talksTo, null);
    assert.ok(peer.heard > 0);
  }
}

Deno.test("sim: a call on a good path, from the first word to the last", () => {
  const { world, joao, maria } = wholeCall({});
  assertSeenWell(joao, maria);
  assert.equal(joao.all("ended")[0]!.why, "hung_up");
  assert.equal(maria.all("ended")[0]!.why, "their_hang_up");
  const signalling = world.sent.map(({ what }) => what).filter((what) => what !== "rtp");
  assert.deepEqual(signalling, [
    ...["convite", "resposta_ao_convite"],
    ...["encerrar_ligação", "encerrar_ligação", "encerrar_ligação"],
  ]);
  assertCallable(world, joao, maria);
});

for (const hangsUp of ["João", "Maria"] as const) {
  Deno.test(`sim: any single packet of signalling may be lost; ${hangsUp} hangs up`, () => {
    const numbers = wholeCall({}, hangsUp).world.sent
      .filter(({ what }) => what !== "rtp").map(({ number }) => number);
    assert.equal(numbers.length, 5);
    for (const lost of numbers) {
      const { world, joao, maria } = wholeCall({ loses: ({ number }) => number === lost }, hangsUp);
      assertSeenWell(joao, maria);
      assert.equal(joao.all("ended")[0]!.why, hangsUp === "João" ? "hung_up" : "their_hang_up");
      assertCallable(world, joao, maria);
    }
  });
}

Deno.test("sim: any single packet of all may be lost", () => {
  const total = wholeCall({}).world.sent.length;
  for (let lost = 0; lost < total; lost++) {
    const { joao, maria } = wholeCall({ loses: ({ number }) => number === lost });
    assertSeenWell(joao, maria);
  }
});

for (
  const [what, path] of [
    ["30 % of all packets lost", { loss: 0.3 }],
    ["every other packet twice", { duplication: 0.5 }],
    ["packets out of order", { jitter: 400, reordering: 0.3, lateBy: 1500 }],
    ["all of it", { loss: 0.3, duplication: 0.3, jitter: 300, reordering: 0.2, lateBy: 1000 }],
  ] as const
) {
  Deno.test(`sim: ${what}`, () => {
    for (let seed = 1; seed <= 25; seed++) {
      const { world, joao, maria } = wholeCall({ seed, path }, seed % 2 === 0 ? "João" : "Maria");
      assertSeenWell(joao, maria);
      if (seed % 5 === 0 && !("loss" in path)) assertCallable(world, joao, maria);
    }
  });
}

Deno.test("sim: a rejection gets through 30 % of loss, and the caller reads it", () => {
  for (let seed = 1; seed <= 25; seed++) {
    const world = new CallWorld({ seed, path: { loss: 0.3 } });
    const [joao, maria] = world.registered("João", "Maria");
    maria.whenInvited = "reject";
    joao.calls("Maria");
    world.until(() => joao.machine.phone === "idle" && joao.told.length > 2);
    assert.equal(joao.all("call_failed")[0]!.why, "rejected");
    assert.equal(maria.all("invited").length, 1);
  }
});

Deno.test("sim: both call each other at once: one call, with nobody asked, for both", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const path = seed % 2 === 0 ? {} : { loss: 0.3, jitter: 100, duplication: 0.2 };
    const world = new CallWorld({ seed, path });
    const [joao, maria] = world.registered("João", "Maria");
    joao.calls("Maria");
    world.run((seed % 6) * 12);
    // Late enough, the call is simply answered: calling who is calling is to accept.
    maria.calls("João");
    world.until(() => talking(joao, maria));
    world.run(4 * SECOND);
    assert.ok(talking(joao, maria));
    for (const peer of [joao, maria]) assert.equal(peer.all("connected").length, 1);
    assert.equal(joao.all("connected")[0]!.outbound, !maria.all("connected")[0]!.outbound);
    maria.does({ kind: "hangup" });
    world.until(() => joao.machine.phone === "idle");
    if (seed % 10 === 0) assertCallable(world, joao, maria);
  }
});

Deno.test("sim: both hang up at once", () => {
  for (let delay = 0; delay <= 60; delay += 5) {
    const world = new CallWorld();
    const [joao, maria] = world.registered("João", "Maria");
    maria.whenInvited = "accept";
    joao.calls("Maria");
    world.until(() => talking(joao, maria));
    world.run(SECOND);
    joao.does({ kind: "hangup" });
    world.run(delay);
    if (maria.machine.phone === "connected") maria.does({ kind: "hangup" });
    world.run(2 * SECOND);
    for (const peer of [joao, maria]) {
      assert.equal(peer.all("ended").length, 1);
      assert.equal(peer.machine.phone, "idle");
      assert.equal(peer.machine.wakeAt(), null, "nobody answers a goodbye with a goodbye");
    }
    assertCallable(world, joao, maria);
  }
});

Deno.test("sim: a third caller reads that the callee is busy; the call does not notice", () => {
  const world = new CallWorld({ path: { loss: 0.1 } });
  const [joao, maria, rui] = world.registered("João", "Maria", "Rui");
  maria.whenInvited = "accept";
  joao.calls("Maria");
  world.until(() => talking(joao, maria));
  for (const callee of ["João", "Maria"]) {
    rui.calls(callee);
    world.until(() => rui.machine.phone === "idle");
    assert.equal(rui.all("call_failed").at(-1)!.why, "rejected");
  }
  assert.ok(talking(joao, maria));
  assert.equal(maria.all("invited").length, 1);
  joao.does({ kind: "hangup" });
  world.until(() => maria.machine.phone === "idle");
  assertCallable(world, rui, maria);
  assertCallable(world, rui, joao);
});

Deno.test("sim: a third caller while the first still rings", () => {
  const world = new CallWorld();
  const [joao, maria, rui] = world.registered("João", "Maria", "Rui");
  joao.calls("Maria");
  world.until(() => maria.machine.phone === "invited");
  rui.calls("Maria");
  world.until(() => rui.machine.phone === "idle" && rui.all("call_failed").length === 1);
  assert.equal(maria.machine.partner, "João");
  maria.does({ kind: "accept" });
  world.until(() => talking(joao, maria));
});

Deno.test("sim: nobody answers: the caller gives up after 30 s, the callee stops ringing", () => {
  const world = new CallWorld({ path: { loss: 0.3 } });
  const [joao, maria] = world.registered("João", "Maria");
  const start = world.now;
  joao.calls("Maria");
  world.until(() => joao.all("call_failed").length === 1);
  assert.ok(Math.abs(world.now - start - 30 * SECOND) < SECOND);
  assert.equal(joao.all("call_failed")[0]!.why, "no_answer");
  world.until(() => maria.machine.phone === "idle", 6 * SECOND);
  assert.equal(maria.all("missed").length, 1);
  assertCallable(world, joao, maria);
});

Deno.test("sim: an answer after the caller gave up, with every goodbye lost", () => {
  const world = new CallWorld();
  const [joao, maria] = world.registered("João", "Maria");
  joao.calls("Maria");
  world.until(() => maria.machine.phone === "invited");
  let goodbyes = 0;
  world.loses = ({ what }: Sent) => what === "encerrar_ligação" && goodbyes++ < 3;
  joao.does({ kind: "hangup" });
  world.run(SECOND);
  assert.equal(goodbyes, 3);
  maria.does({ kind: "accept" });
  assert.equal(maria.machine.phone, "connected");
  world.until(() => maria.machine.phone === "idle", SECOND);
  assert.equal(maria.all("ended")[0]!.why, "their_hang_up");
  assert.equal(joao.all("connected").length, 0);
  assertCallable(world, joao, maria);
});

Deno.test("sim: a peer that vanishes: while it rings, and in a call", () => {
  for (const when of ["invited", "connected"] as const) {
    const world = new CallWorld();
    const [joao, maria, rui] = world.registered("João", "Maria", "Rui");
    joao.calls("Maria");
    world.until(() => maria.machine.phone === "invited");
    if (when === "connected") maria.does({ kind: "accept" });
    world.run(SECOND);
    joao.vanish();
    world.until(() => maria.machine.phone === "idle", 6 * SECOND);
    if (when === "invited") assert.equal(maria.all("missed").length, 1);
    else assert.equal(maria.all("ended")[0]!.why, "lost");
    assertCallable(world, maria, rui);
  }
  const world = new CallWorld();
  const [joao, maria, rui] = world.registered("João", "Maria", "Rui");
  maria.vanish();
  joao.calls("Maria");
  world.until(() => joao.machine.phone === "inviting");
  world.until(() => joao.machine.phone === "idle");
  assert.equal(joao.all("call_failed")[0]!.why, "no_answer");
  assertCallable(world, joao, rui);
});

Deno.test("sim: one direction fails in a call: it ends for both, and both can be called", () => {
  const world = new CallWorld();
  const [joao, maria] = world.registered("João", "Maria");
  maria.whenInvited = "accept";
  joao.calls("Maria");
  world.until(() => talking(joao, maria));
  world.loses = ({ from }) => from.ip === joao.at.ip;
  world.until(() => maria.machine.phone === "idle", 6 * SECOND);
  assert.equal(maria.all("ended")[0]!.why, "lost");
  world.until(() => joao.machine.phone === "idle", SECOND);
  assertCallable(world, joao, maria);
});

Deno.test("sim: forged packets from a third address change nothing, and are counted", () => {
  const world = new CallWorld();
  const [joao, maria] = world.registered("João", "Maria");
  const mallory = { ip: "10.0.0.99", port: 6000 };
  const seen: Uint8Array[] = [];
  const send = world.datagrams.send.bind(world.datagrams);
  // She sees everything that the two say, and says it again from her own address.
  world.datagrams.send = (from, to, bytes) => {
    if (from.ip !== mallory.ip) seen.push(bytes.slice());
    send(from, to, bytes);
  };
  maria.whenInvited = "accept";
  joao.calls("Maria");
  world.until(() => talking(joao, maria));
  world.run(SECOND);
  const [callId] = seen.flatMap((bytes) =>
    /"call_id":"(\w+)"/.exec(new TextDecoder().decode(bytes))?.[1] ?? []
  );
  seen.push(new TextEncoder().encode(
    `{"type":"encerrar_ligação","call_id":"${callId}","nome":"Maria"}`,
  ));
  const [heard, counted] = [maria.heard, seen.length];
  for (const bytes of [...seen]) for (const { at } of [joao, maria]) send(mallory, at, bytes);
  world.run(100);
  assert.ok(talking(joao, maria));
  assert.ok(maria.heard - heard <= 6, "her sound is not heard");
  assert.equal(joao.machine.counters.foreign + maria.machine.counters.foreign, 2 * counted);
  joao.does({ kind: "hangup" });
  world.until(() => maria.machine.phone === "idle");
  assertCallable(world, joao, maria);
});

Deno.test("sim: an invitation that names a stranger's address sends the stranger nothing", () => {
  const world = new CallWorld();
  const [, maria] = world.registered("João", "Maria");
  maria.whenInvited = "accept";
  const [mallory, victim] = [
    { ip: "203.0.113.5", port: 6000 },
    { ip: "198.51.100.8", port: 6000 },
  ];
  let answered = 0;
  world.datagrams.bind(victim, () => assert.fail("the stranger got a packet"));
  world.datagrams.bind(mallory, () => answered++);
  world.datagrams.send(
    mallory,
    maria.at,
    new TextEncoder().encode(
      `{"type":"convite","call_id":"x","nome":"M","ip":"${victim.ip}","porta":6000}`,
    ),
  );
  world.run(10 * SECOND);
  assert.ok(answered > 0);
  assert.equal(maria.all("ended")[0]!.why, "lost");
});

Deno.test("sim: a call goes on while the registry is away, and everybody comes back to it", () => {
  const world = new CallWorld();
  const [joao, maria] = world.registered("João", "Maria");
  maria.whenInvited = "accept";
  joao.calls("Maria");
  world.until(() => talking(joao, maria));
  world.stopRegistry();
  world.run(10 * SECOND);
  assert.ok(talking(joao, maria));
  maria.does({ kind: "hangup" });
  world.run(SECOND);
  maria.calls("João");
  world.until(() => maria.machine.phone === "idle");
  assert.deepEqual(maria.all("refused").at(-1)!.refusal, { why: "no_server", name: "João" });
  world.restartRegistry();
  assertCallable(world, joao, maria);
  assert.ok(joao.all("registered").at(-1)!.again);
});

Deno.test("sim: quitting in a call ends it for the other, leaves the registry, and is over", () => {
  const world = new CallWorld({ path: { loss: 0.2 } });
  const [joao, maria, rui] = world.registered("João", "Maria", "Rui");
  maria.whenInvited = "accept";
  joao.calls("Maria");
  world.until(() => talking(joao, maria));
  joao.does({ kind: "quit" });
  world.until(() => joao.all("left").length === 1, 3 * SECOND);
  world.until(() => maria.machine.phone === "idle", SECOND);
  maria.does({ kind: "who", name: "João" });
  world.until(() => maria.all("refused").length === 1, SECOND);
  assert.equal(maria.all("refused")[0]!.refusal.why, "unknown_user");
  assertCallable(world, maria, rui);
});

Deno.test("sim: people who do anything at any time on a bad path can always be called again", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const path = { duplication: 0.2, jitter: 200, reordering: 0.1, lateBy: 2000 };
    const world = new CallWorld({ seed, path });
    const { random } = world.network;
    const peers = world.registered("João", "Maria", "Rui");
    world.loses = () => random() < 0.3;
    const commands = ["accept", "reject", "hangup"] as const;
    for (let step = 0; step < 120; step++) {
      const peer = peers[Math.floor(random() * 3)]!;
      if (random() < 0.5) peer.calls(peers[Math.floor(random() * 3)]!.name);
      else peer.does({ kind: commands[Math.floor(random() * 3)]! });
      world.run(random() * 1500);
    }
    // Nobody does anything any more: what rings or talks is ended by one side or by time.
    for (const peer of peers) if (peer.machine.phone === "connected") peer.does({ kind: "hangup" });
    world.until(() => peers.every(({ machine }) => machine.phone === "idle"), 40 * SECOND);
    const [joao, maria, rui] = peers;
    for (const [one, two] of [[joao, maria], [maria, rui], [rui, joao]] as const) {
      assertCallable(world, one, two);
    }
  }
});
