import assert from "node:assert/strict";
import { MINUTE, SECOND } from "../../lib/base/units.ts";
import { CALL_LIMITS } from "../../lib/call/limits.ts";
import { LoneCallPeer, MARIA, OWN } from "./lone_call_peer.ts";

const REGISTRO = '{"type":"registro","nome":"João","ip":"203.0.113.9","porta":6000}';
const REGISTRO_OK = '{"type":"registro_ok","nome":"João","ip":"203.0.113.9","porta":6000}';
const IN_USE = '{"type":"registro_erro","nome":"João","erro":"nome_em_uso"}';
const MARIA_OK = '{"type":"consulta_ok","nome":"Maria","ip":"198.51.100.7","porta":6050}';
const WHO_MARIA = { kind: "who", name: "Maria" } as const;

/** A peer whose connection is there, its `registro` taken. */
function registering(): LoneCallPeer {
  const lone = new LoneCallPeer().give({ kind: "start" });
  lone.give({ kind: "connected", link: lone.server });
  lone.effects();
  return lone;
}

Deno.test("registry session: connects, registers, and tells where it can be called", () => {
  const lone = new LoneCallPeer().give({ kind: "start" });
  assert.deepEqual(lone.effects(), [
    { kind: "connect", link: 1, host: "server.example", port: 5000 },
  ]);
  lone.give({ kind: "connected", link: 1 });
  assert.deepEqual(lone.lines(), [REGISTRO]);
  lone.serverSays(REGISTRO_OK);
  assert.deepEqual(lone.effects(), [
    { kind: "registered", name: "João", address: OWN, again: false },
  ]);
  assert.equal(lone.peer.registry, "registered");
  assert.equal(lone.peer.wakeAt(), null, "nothing to do while nothing happens");
});

Deno.test("registry session: without an own address, that of the connection is registered", () => {
  const lone = new LoneCallPeer("João", undefined, null).give({ kind: "start" });
  lone.give({ kind: "connected", link: 1, localIp: "192.168.0.101" });
  assert.deepEqual(lone.lines(), [
    '{"type":"registro","nome":"João","ip":"192.168.0.101","porta":6000}',
  ]);
});

Deno.test("registry session: who: the address, or that there is nobody, or no server", () => {
  const lone = LoneCallPeer.registered();
  lone.does({ kind: "who", name: "Maria".normalize("NFD") });
  assert.deepEqual(lone.lines(), ['{"type":"consulta","nome":"Maria"}']);
  lone.serverSays(MARIA_OK);
  assert.deepEqual(lone.effects(), [{ kind: "who", name: "Maria", address: MARIA }]);
  lone.does({ kind: "who", name: "Rui" });
  lone.serverSays('{"type":"consulta_erro","nome":"Rui","erro":"nao_registrado"}');
  assert.deepEqual(lone.statuses(), [
    { kind: "refused", refusal: { why: "unknown_user", name: "Rui" } },
  ]);
  lone.give({ kind: "closed", link: lone.server, reason: "reset" }).effects();
  assert.deepEqual(lone.does(WHO_MARIA).effects(), [
    { kind: "refused", refusal: { why: "no_server", name: "Maria" } },
  ]);
});

Deno.test("registry session: replies find their questions, in whatever order they come", () => {
  const lone = LoneCallPeer.registered();
  lone.does({ kind: "who", name: "Rui" }).does(WHO_MARIA);
  lone.effects();
  lone.serverSays(MARIA_OK, '{"type":"consulta_erro","erro":"nao_registrado"}');
  assert.deepEqual(lone.effects(), [
    { kind: "who", name: "Maria", address: MARIA },
    { kind: "refused", refusal: { why: "unknown_user", name: "Rui" } },
  ]);
  lone.serverSays(MARIA_OK, "nonsense", '{"status":"ERROR"}', REGISTRO_OK);
  assert.deepEqual(
    lone.effects().map((effect) => effect.kind === "remote_error" && effect.code),
    ["unasked_reply", "invalid_json", "missing_type", "unasked_reply"],
  );
});

Deno.test("registry session: an answer that comes while we leave is nobody's mistake", () => {
  const lone = LoneCallPeer.registered().does(WHO_MARIA).does({ kind: "quit" });
  lone.effects();
  lone.serverSays(MARIA_OK);
  assert.deepEqual(lone.effects(), []);
  lone.serverSays('{"type":"encerramento_ok","nome":"João"}');
  assert.deepEqual(lone.statuses(), [{ kind: "left" }]);
});

Deno.test("registry session: more questions than the cap are refused at once", () => {
  const lone = LoneCallPeer.registered();
  for (let i = 0; i < CALL_LIMITS.lookups; i++) lone.does({ kind: "who", name: `n${i}` });
  assert.equal(lone.lines().length, CALL_LIMITS.lookups);
  lone.does(WHO_MARIA);
  assert.equal(lone.effects()[0]!.kind, "refused");
});

Deno.test("registry session: a name in use is the person's to change, on the same connection", () => {
  const lone = registering();
  lone.serverSays(IN_USE);
  assert.deepEqual(lone.effects(), [
    { kind: "name_refused", name: "João", fault: "nome_em_uso", held: false },
  ]);
  lone.passes(MINUTE);
  assert.deepEqual(lone.effects(), [], "it is not tried again by itself");
  lone.does({ kind: "rename", name: "Joana" });
  assert.deepEqual(lone.effects(), [{
    kind: "send",
    link: lone.server,
    line: '{"type":"registro","nome":"Joana","ip":"203.0.113.9","porta":6000}',
  }]);
  lone.serverSays(IN_USE.replace("João", "Joana"));
  assert.equal(lone.effects()[0]!.kind, "name_refused", "the second refusal is told as well");
  lone.does({ kind: "rename", name: "Jô" });
  lone.effects();
  lone.serverSays(REGISTRO_OK.replace("João", "Jô"));
  assert.equal(lone.peer.name, "Jô");
  lone.effects();
  lone.does({ kind: "rename", name: "Outro" });
  assert.deepEqual(lone.effects(), [], "a name that is ours stays");
});

Deno.test("registry session: away is said once, and it comes back and registers again", () => {
  const lone = LoneCallPeer.registered();
  lone.give({ kind: "closed", link: lone.server, reason: "reset" });
  assert.deepEqual(lone.statuses(), [{ kind: "server_away", first: false, reason: "reset" }]);
  let attempts = 0;
  for (; attempts < 5; attempts++) {
    lone.passes(30 * SECOND);
    lone.give({ kind: "unreachable", link: lone.server, reason: "refused" });
  }
  const effects = lone.effects();
  assert.ok(effects.filter(({ kind }) => kind === "connect").length >= 4);
  assert.ok(!effects.some(({ kind }) => kind === "server_away"));
  lone.passes(30 * SECOND);
  lone.give({ kind: "connected", link: lone.server });
  assert.deepEqual(lone.lines(), [REGISTRO]);
  lone.serverSays(REGISTRO_OK);
  assert.deepEqual(lone.effects(), [
    { kind: "registered", name: "João", address: OWN, again: true },
  ]);
});

Deno.test("registry session: a name that was ours is asked for until it comes free", () => {
  const lone = LoneCallPeer.registered();
  lone.give({ kind: "closed", link: lone.server, reason: "reset" }).passes(2 * SECOND);
  lone.give({ kind: "connected", link: lone.server }).effects();
  lone.serverSays(IN_USE);
  assert.deepEqual(lone.effects(), [
    { kind: "name_refused", name: "João", fault: "nome_em_uso", held: true },
  ]);
  lone.passes(2 * SECOND);
  assert.deepEqual(lone.lines(), [REGISTRO]);
  lone.serverSays(IN_USE);
  assert.deepEqual(lone.effects(), [], "it is told once");
  assert.equal(lone.peer.registry, "refused");
  lone.passes(4 * SECOND);
  assert.deepEqual(lone.lines(), [REGISTRO]);
  lone.serverSays(REGISTRO_OK);
  assert.equal(lone.peer.registry, "registered");
});

Deno.test("registry session: a registry without room is told once, and asked until it has some", () => {
  const lone = registering();
  const full = IN_USE.replace("nome_em_uso", "servidor_cheio");
  lone.serverSays(full);
  assert.deepEqual(lone.effects(), [{ kind: "registry_full" }]);
  lone.passes(2 * SECOND);
  assert.deepEqual(lone.lines(), [REGISTRO]);
  lone.serverSays(full);
  assert.deepEqual(lone.effects(), [], "it is told once");
  lone.passes(4 * SECOND);
  assert.deepEqual(lone.lines(), [REGISTRO]);
  // Meanwhile somebody has come by the name, which is the person's to change.
  lone.serverSays(IN_USE);
  assert.deepEqual(lone.effects(), [
    { kind: "name_refused", name: "João", fault: "nome_em_uso", held: false },
  ]);
  lone.passes(MINUTE);
  assert.deepEqual(lone.effects(), []);
});

Deno.test("registry session: a server that does not answer is gone", () => {
  const waiting = registering();
  waiting.passes(10 * SECOND);
  assert.deepEqual(waiting.effects(), [
    { kind: "abort", link: 1 },
    { kind: "server_away", first: true, reason: "no_answer" },
  ]);
  const asking = LoneCallPeer.registered().does(WHO_MARIA).passes(10 * SECOND);
  assert.deepEqual(asking.effects().map(({ kind }) => kind), [
    "send",
    "abort",
    "refused",
    "server_away",
  ]);
});

Deno.test("registry session: quitting deregisters, and waits for the answer at most 2 s", () => {
  const answered = LoneCallPeer.registered().does({ kind: "quit" });
  assert.deepEqual(answered.effects(), [
    { kind: "send", link: 1, line: '{"type":"encerramento","nome":"João"}' },
  ]);
  answered.serverSays('{"type":"encerramento_ok","nome":"João"}');
  assert.deepEqual(answered.effects(), [{ kind: "close", link: 1 }, { kind: "left" }]);
  const silent = LoneCallPeer.registered().does({ kind: "quit" }).passes(2 * SECOND);
  assert.deepEqual(silent.effects().map(({ kind }) => kind), ["send", "abort", "left"]);
  const cut = LoneCallPeer.registered().does({ kind: "quit" });
  cut.give({ kind: "closed", link: 1, reason: "end_of_file" });
  assert.deepEqual(cut.effects().map(({ kind }) => kind), ["send", "left"]);
  assert.equal(cut.peer.wakeAt(), null);
});

Deno.test("registry session: quitting ends from every state, at once where nothing is registered", () => {
  const connecting = new LoneCallPeer().give({ kind: "start" });
  const waiting = new LoneCallPeer().give({ kind: "start" });
  waiting.give({ kind: "unreachable", link: 1, reason: "refused" });
  const refused = registering().serverSays(IN_USE);
  for (const lone of [new LoneCallPeer(), connecting, waiting, refused, registering()]) {
    lone.effects();
    lone.does({ kind: "quit" });
    assert.equal(lone.effects().at(-1)!.kind, "left", lone.peer.registry);
    assert.equal(lone.peer.registry, "offline");
    assert.equal(lone.peer.wakeAt(), null);
  }
});

Deno.test("registry session: nobody connects to it, and what is of no link of its does nothing", () => {
  const lone = LoneCallPeer.registered();
  lone.give({ kind: "accepted", link: 2, ip: "192.0.2.1", port: 5 });
  assert.deepEqual(lone.effects(), [{ kind: "abort", link: 2 }]);
  lone.give({ kind: "closed", link: 77, reason: "reset" });
  lone.give({ kind: "line_too_long", link: lone.server, limit: 32_768 });
  assert.deepEqual(lone.effects(), [{ kind: "remote_error", code: "line_too_long" }]);
  assert.equal(lone.peer.registry, "registered");
});

Deno.test("registry session: what is asked before it is registered is asked then", () => {
  const lone = registering().does(WHO_MARIA);
  assert.deepEqual(lone.effects(), []);
  lone.serverSays(REGISTRO_OK);
  assert.deepEqual(lone.lines(), ['{"type":"consulta","nome":"Maria"}']);
  lone.serverSays(MARIA_OK);
  assert.deepEqual(lone.effects().at(-1), { kind: "who", name: "Maria", address: MARIA });
});

Deno.test("registry session: what is asked before it is refused or away has no answer", () => {
  const NO_SERVER = { kind: "refused", refusal: { why: "no_server", name: "Maria" } };
  const refused = registering().does(WHO_MARIA);
  refused.serverSays(IN_USE);
  assert.deepEqual(refused.effects().at(-1), NO_SERVER);
  const away = new LoneCallPeer().give({ kind: "start" }).does(WHO_MARIA);
  away.give({ kind: "unreachable", link: away.server, reason: "refused" });
  assert.ok(away.effects().some((effect) => effect.kind === "refused"));
});
