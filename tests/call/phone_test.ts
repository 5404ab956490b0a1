import assert from "node:assert/strict";
import { SECOND } from "../../lib/base/units.ts";
import {
  answer,
  hangUp,
  invitation,
  LoneCallPeer,
  MARIA,
  MARIA_IS_THERE,
  OWN,
  RTP,
} from "./lone_call_peer.ts";

const AT_MARIA = `${MARIA.ip}:${MARIA.port}`;
const END = { type: "encerrar_ligação", nome: "João" };
const ACCEPTED = {
  type: "resposta_ao_convite",
  call_id: "c1",
  nome: "João",
  resposta: "aceito",
  codec: "opus/48000",
  porta: OWN.port,
};
const REJECTED = {
  type: "resposta_ao_convite",
  call_id: "c1",
  nome: "João",
  resposta: "rejeitado",
};

Deno.test("phone: a call that is accepted: lookup, convite, connected, sound", () => {
  const lone = LoneCallPeer.registered().does({ kind: "call", name: "Maria" });
  assert.deepEqual(lone.effects(), [
    { kind: "calling", name: "Maria" },
    { kind: "send", link: 1, line: '{"type":"consulta","nome":"Maria"}' },
  ]);
  lone.serverSays('{"type":"consulta_ok","nome":"Maria","ip":"198.51.100.7","porta":6050}');
  const [inviting, sent] = lone.effects();
  assert.deepEqual(inviting, { kind: "inviting", name: "Maria", address: MARIA });
  assert.ok(sent?.kind === "send_datagram");
  assert.equal(
    new TextDecoder().decode(sent.bytes),
    '{"type":"convite","call_id":"m1","nome":"João","ip":"203.0.113.9","porta":6000,' +
      '"codecs":["opus/48000","L16/16000"]}',
  );
  assert.equal(lone.peer.partner, "Maria");
  lone.hears(MARIA, answer("aceito"));
  assert.deepEqual(lone.effects(), [
    {
      ...{ kind: "connected", name: "Maria", codec: "opus/48000", address: MARIA, confirmed: true },
      ...{ outbound: true, crossing: false },
    },
    { kind: "media_start", to: MARIA, codec: "opus/48000" },
  ]);
  lone.hears(MARIA, RTP);
  assert.deepEqual(lone.effects(), [{ kind: "media_packet", bytes: RTP }]);
});

Deno.test("phone: the convite is the same every 500 ms, for 30 s, then encerrar_ligação", () => {
  const lone = LoneCallPeer.inviting();
  lone.passes(30 * SECOND - 1);
  const repeated = lone.datagrams();
  assert.equal(repeated.length, 59);
  assert.ok(
    repeated.every(([to, { type, call_id }]) =>
      to === AT_MARIA && type === "convite" && call_id === "m1"
    ),
  );
  lone.passes(1);
  assert.deepEqual(lone.statuses(), [
    { kind: "call_failed", name: "Maria", why: "no_answer" },
  ]);
  lone.passes(SECOND);
  const rest = lone.datagrams();
  assert.deepEqual(rest, Array.from({ length: 2 }, () => [AT_MARIA, { ...END, call_id: "m1" }]));
  assert.equal(lone.peer.wakeAt(), null);
});

Deno.test("phone: an invitation rings once however often it comes, and stops when it is silent", () => {
  const lone = LoneCallPeer.registered().hears(MARIA, invitation());
  assert.deepEqual(lone.statuses(), [{ kind: "invited", name: "Maria", from: MARIA }]);
  lone.serverSays(MARIA_IS_THERE).effects();
  for (let i = 0; i < 20; i++) lone.passes(SECOND / 2).hears(MARIA, invitation());
  assert.deepEqual(lone.effects(), []);
  lone.passes(5 * SECOND);
  const [missed, sent] = lone.effects();
  assert.deepEqual(missed, { kind: "missed", name: "Maria", confirmed: true });
  assert.equal(sent?.kind, "send_datagram");
  assert.equal(lone.peer.phone, "idle");
});

Deno.test("phone: a caller that does not repeat itself rings for 35 s, then is told no", () => {
  const lone = LoneCallPeer.registered().hears(MARIA, invitation());
  lone.passes(35 * SECOND - 1);
  assert.equal(lone.peer.phone, "invited");
  lone.passes(1);
  assert.equal(lone.peer.phone, "idle");
  assert.deepEqual(lone.datagrams(), [[AT_MARIA, REJECTED]]);
});

Deno.test("phone: a caller that repeats itself without end does not ring without end", () => {
  const lone = LoneCallPeer.registered();
  for (let i = 0; i < 80; i++) lone.hears(MARIA, invitation()).passes(SECOND / 2);
  assert.equal(lone.peer.phone, "idle");
  assert.equal(lone.statuses().filter(({ kind }) => kind === "invited").length, 1);
});

Deno.test("phone: accepting answers, and answers again what comes again", () => {
  const lone = LoneCallPeer.registered().hears(MARIA, invitation());
  lone.effects();
  lone.does({ kind: "accept" });
  const effects = lone.effects();
  assert.deepEqual(effects.map(({ kind }) => kind), ["send_datagram", "connected", "media_start"]);
  lone.hears(MARIA, invitation()).hears(MARIA, invitation());
  assert.deepEqual(lone.datagrams(), [[AT_MARIA, ACCEPTED], [AT_MARIA, ACCEPTED]]);
  assert.equal(lone.peer.phone, "connected");
});

Deno.test("phone: rejecting answers, and answers again what comes again, and rings no more", () => {
  const lone = LoneCallPeer.registered().hears(MARIA, invitation());
  lone.effects();
  lone.does({ kind: "reject" }).hears(MARIA, invitation());
  assert.deepEqual(lone.datagrams(), [[AT_MARIA, REJECTED], [AT_MARIA, REJECTED]]);
  assert.equal(lone.peer.phone, "idle");
  lone.hears(MARIA, invitation({ callId: "c2" }));
  assert.equal(lone.peer.phone, "invited", "another call rings");
});

Deno.test("phone: who is in a call is busy, for the person unseen", () => {
  const lone = LoneCallPeer.connected();
  const bia = { ip: "192.0.2.20", port: 6000 };
  lone.hears(bia, invitation({ callId: "b1", name: "Bia", ...bia }));
  lone.hears(bia, invitation({ callId: "b1", name: "Bia", ...bia }));
  const no = ["192.0.2.20:6000", { ...REJECTED, call_id: "b1" }];
  assert.deepEqual(lone.effects().map(({ kind }) => kind), ["send_datagram", "send_datagram"]);
  lone.does({ kind: "hangup" }).effects();
  lone.hears(bia, invitation({ callId: "b1", name: "Bia", ...bia }));
  assert.deepEqual(lone.datagrams(), [no], "the answer stays what it was");
  assert.equal(lone.peer.phone, "idle");
  assert.equal(lone.peer.counters.busy, 1);
});

Deno.test("phone: a rejected call is told as rejected, and the telephone is free", () => {
  const lone = LoneCallPeer.inviting().hears(MARIA, answer("rejeitado"));
  assert.deepEqual(lone.effects(), [{ kind: "call_failed", name: "Maria", why: "rejected" }]);
  assert.equal(lone.peer.wakeAt(), null);
  lone.hears(MARIA, answer("rejeitado")).hears(MARIA, answer("aceito"));
  assert.deepEqual(lone.effects(), []);
});

Deno.test("phone: hanging up stops the sound first, says so three times, and tells how long it was", () => {
  const lone = LoneCallPeer.connected();
  for (let i = 0; i < 30; i++) lone.passes(SECOND).hears(MARIA, RTP);
  lone.effects();
  lone.does({ kind: "hangup" });
  const effects = lone.effects();
  assert.deepEqual(effects.slice(0, 2), [
    { kind: "media_stop" },
    { kind: "ended", name: "Maria", confirmed: true, why: "hung_up", duration: 30 * SECOND },
  ]);
  assert.equal(effects.length, 3);
  lone.passes(SECOND);
  assert.equal(lone.datagrams().length, 2);
});

Deno.test("phone: their hanging up ends it, and is not answered", () => {
  const lone = LoneCallPeer.connected().passes(SECOND).hears(MARIA, hangUp("c1"));
  assert.deepEqual(lone.effects(), [
    { kind: "media_stop" },
    { kind: "ended", name: "Maria", confirmed: true, why: "their_hang_up", duration: SECOND },
  ]);
  lone.hears(MARIA, hangUp("c1")).hears(MARIA, invitation()).passes(SECOND);
  assert.deepEqual(lone.effects(), []);
});

Deno.test("phone: five seconds without any packet end a call as lost, four do not", () => {
  const lone = LoneCallPeer.connected();
  for (let i = 0; i < 5; i++) lone.passes(4 * SECOND).hears(MARIA, RTP);
  lone.effects();
  lone.passes(5 * SECOND);
  assert.deepEqual(lone.statuses(), [
    { kind: "ended", name: "Maria", confirmed: true, why: "lost", duration: 25 * SECOND },
  ]);
});

Deno.test("phone: an answer after the caller gave up is told that it is over", () => {
  for (const give of ["hangup", "wait"] as const) {
    const lone = LoneCallPeer.inviting();
    if (give === "hangup") lone.does({ kind: "hangup" });
    else lone.passes(30 * SECOND);
    lone.passes(2 * SECOND).effects();
    lone.hears(MARIA, answer("aceito"));
    assert.deepEqual(lone.datagrams(), [[AT_MARIA, { ...END, call_id: "m1" }]]);
    assert.equal(lone.peer.phone, "idle");
    assert.equal(lone.peer.counters.unasked, 0);
  }
});

Deno.test("phone: a callee who ends what has not begun", () => {
  const lone = LoneCallPeer.inviting().hears(MARIA, hangUp("m1"));
  assert.deepEqual(lone.statuses(), [{ kind: "call_failed", name: "Maria", why: "their_end" }]);
});

Deno.test("phone: a caller who gives up before the answer is a missed call", () => {
  const lone = LoneCallPeer.registered().hears(MARIA, invitation()).hears(MARIA, hangUp("c1"));
  assert.deepEqual(lone.statuses().at(-1), { kind: "missed", name: "Maria", confirmed: false });
  lone.does({ kind: "accept" });
  assert.deepEqual(lone.effects(), [{ kind: "refused", refusal: { why: "no_invitation" } }]);
});

Deno.test("phone: encerrar_ligação that overtakes its convite keeps it from ringing", () => {
  const lone = LoneCallPeer.registered().hears(MARIA, hangUp("c1")).hears(MARIA, invitation());
  assert.deepEqual(lone.effects(), []);
  assert.equal(lone.peer.phone, "idle");
});

Deno.test("phone: the callee's choice of codec is used, one that was not offered ends the call", () => {
  const l16 = LoneCallPeer.inviting(["L16/16000"]);
  l16.hears(MARIA, answer("aceito", { codec: "L16/16000" }));
  assert.deepEqual(l16.effects().at(-1), { kind: "media_start", to: MARIA, codec: "L16/16000" });
  const lone = LoneCallPeer.inviting(["L16/16000"]).hears(MARIA, answer("aceito"));
  const [failed, sent] = lone.effects();
  assert.deepEqual(failed, { kind: "call_failed", name: "Maria", why: "no_codec" });
  assert.equal(sent?.kind, "send_datagram");
});

Deno.test("phone: a call to nobody, without a server, to oneself, or a second one", () => {
  const lone = LoneCallPeer.registered().does({ kind: "call", name: "Rui" });
  lone.serverSays('{"type":"consulta_erro","nome":"Rui","erro":"nao_registrado"}');
  const unknown = { kind: "refused", refusal: { why: "unknown_user", name: "Rui" } };
  assert.deepEqual(lone.statuses().at(-1), unknown);
  lone.does({ kind: "call", name: "João" });
  assert.deepEqual(lone.statuses(), [{ kind: "refused", refusal: { why: "self", name: "João" } }]);
  const busy = LoneCallPeer.connected().does({ kind: "call", name: "Rui" });
  assert.deepEqual(busy.statuses(), [
    { kind: "refused", refusal: { why: "in_call", name: "Maria" } },
  ]);
  const offline = new LoneCallPeer().does({ kind: "call", name: "Maria" });
  assert.deepEqual(offline.statuses().at(-1), {
    kind: "refused",
    refusal: { why: "no_server", name: "Maria" },
  });
  for (const kind of ["accept", "reject", "hangup"] as const) {
    assert.equal(lone.does({ kind }).effects()[0]!.kind, "refused");
  }
});

Deno.test("phone: giving up while the registry is asked; its late answer calls nobody", () => {
  const lone = LoneCallPeer.registered().does({ kind: "call", name: "Maria" });
  lone.does({ kind: "hangup" });
  assert.deepEqual(lone.statuses().at(-1), {
    kind: "call_failed",
    name: "Maria",
    why: "given_up",
  });
  lone.serverSays('{"type":"consulta_ok","nome":"Maria","ip":"198.51.100.7","porta":6050}');
  assert.deepEqual(lone.effects(), []);
  assert.equal(lone.peer.phone, "idle");
});

Deno.test("phone: calling who is just calling is to accept", () => {
  const lone = LoneCallPeer.registered().hears(MARIA, invitation());
  lone.does({ kind: "call", name: "Maria" });
  assert.equal(lone.peer.phone, "connected");
});

Deno.test("phone: quitting in a call hangs up, three times, and lets nobody through any more", () => {
  const lone = LoneCallPeer.connected().does({ kind: "quit" });
  lone.serverSays('{"type":"encerramento_ok","nome":"João"}');
  lone.hears(MARIA, invitation({ callId: "c2" })).does({ kind: "call", name: "Rui" });
  const kinds = lone.effects().map(({ kind }) => kind);
  assert.deepEqual(kinds, [
    ...["media_stop", "ended", "send_datagram", "send", "close"],
    ...["send_datagram", "refused"],
  ]);
  lone.passes(SECOND);
  assert.deepEqual(lone.effects().map(({ kind }) => kind), [
    "send_datagram",
    "send_datagram",
    "left",
  ]);
});
