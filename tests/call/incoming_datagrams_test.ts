import assert from "node:assert/strict";
import { CALL_LIMITS } from "../../lib/call/limits.ts";
import {
  answer,
  hangUp,
  invitation,
  LoneCallPeer,
  MARIA,
  OWN,
  RTP,
  STRANGER,
} from "./lone_call_peer.ts";

const NAT = { ip: MARIA.ip, port: 41_000 };

Deno.test("datagrams: forged packets from a third address do nothing in a call, and are counted", () => {
  const lone = LoneCallPeer.connected();
  for (const from of [STRANGER, NAT]) {
    lone.hears(from, RTP).hears(from, hangUp("c1")).hears(from, invitation());
  }
  assert.deepEqual(lone.effects(), []);
  assert.equal(lone.peer.phone, "connected");
  assert.equal(lone.peer.counters.foreign, 6);
  const at = lone.peer.wakeAt();
  assert.equal(at, lone.now + CALL_LIMITS.silence, "they do not keep a dead call alive");
});

Deno.test("datagrams: the right address with the id of another call does nothing", () => {
  const lone = LoneCallPeer.connected();
  lone.hears(MARIA, hangUp("c8")).hears(MARIA, answer("rejeitado", { callId: "c9" }));
  assert.deepEqual(lone.effects(), []);
  assert.equal(lone.peer.phone, "connected");
  assert.equal(lone.peer.counters.unasked, 2);
});

Deno.test("datagrams: a stranger cannot answer an invitation, nor end it", () => {
  const lone = LoneCallPeer.inviting();
  lone.hears(STRANGER, answer("aceito")).hears(STRANGER, answer("rejeitado"));
  lone.hears(STRANGER, hangUp("m1")).hears(MARIA, answer("aceito", { callId: "m7" }));
  assert.deepEqual(lone.effects(), []);
  assert.equal(lone.peer.phone, "inviting");
  assert.deepEqual(lone.peer.counters, {
    ...{ malformed: 0, foreign: 3, unasked: 1, busy: 0, flooded: 0, withheld: 0 },
  });
});

Deno.test("datagrams: a callee behind NAT answers from another port, and that is where sound goes", () => {
  const lone = LoneCallPeer.inviting().hears(NAT, answer("aceito"));
  assert.deepEqual(lone.effects().at(-1), { kind: "media_start", to: NAT, codec: "opus/48000" });
  lone.hears(NAT, RTP);
  assert.equal(lone.effects().length, 1);
});

Deno.test("datagrams: in a local network, sound goes to the port that the callee names", () => {
  const lone = LoneCallPeer.registered().does({ kind: "call", name: "Maria" });
  lone.serverSays('{"type":"consulta_ok","nome":"Maria","ip":"192.168.0.7","porta":6050}');
  lone.hears({ ip: "192.168.0.7", port: 50_000 }, answer("aceito", { port: 7000 }));
  const to = { ip: "192.168.0.7", port: 7000 };
  assert.deepEqual(lone.effects().at(-1), { kind: "media_start", to, codec: "opus/48000" });
  lone.hears({ ip: "192.168.0.7", port: 50_000 }, RTP);
  assert.equal(lone.effects().length, 1, "it may send from another socket");
});

Deno.test("datagrams: an invitation that names a stranger is answered to who sent it", () => {
  const lone = LoneCallPeer.registered();
  lone.hears(MARIA, invitation({ ip: STRANGER.ip, port: STRANGER.port })).does({ kind: "accept" });
  const effects = lone.effects();
  const told = effects.flatMap((effect) => "to" in effect ? [effect.to] : []);
  assert.deepEqual(told, [MARIA, MARIA], "the answer, and where sound goes");
  lone.hears(STRANGER, RTP);
  assert.deepEqual(lone.effects(), []);
  lone.hears(MARIA, invitation({ callId: "c2", ip: STRANGER.ip }));
  assert.equal(lone.datagrams()[0]![0], `${MARIA.ip}:${MARIA.port}`, "nor is a no");
});

Deno.test("datagrams: sound before and after a call goes nowhere", () => {
  const lone = LoneCallPeer.registered().hears(MARIA, RTP).hears(MARIA, invitation());
  lone.hears(MARIA, RTP).does({ kind: "accept" }).does({ kind: "hangup" }).hears(MARIA, RTP);
  assert.ok(!lone.effects().some(({ kind }) => kind === "media_packet"));
  assert.equal(lone.peer.counters.unasked, 3);
});

Deno.test("datagrams: what is neither signalling nor RTP, or too long, is dropped and counted", () => {
  const lone = LoneCallPeer.registered();
  const long = new TextEncoder().encode(
    `{"type":"convite","call_id":"c1","nome":"Ana","x":"${
      "x".repeat(CALL_LIMITS.signallingBytes)
    }"}`,
  );
  for (const bytes of [new Uint8Array(0), Uint8Array.of(0x16), Uint8Array.of(0x7b), long]) {
    lone.hears(MARIA, bytes);
  }
  assert.deepEqual(lone.effects(), []);
  assert.equal(lone.peer.counters.malformed, 4);
});

Deno.test("datagrams: both call at once: the smaller call_id is the call, for both", () => {
  const smaller = LoneCallPeer.inviting().hears(MARIA, invitation({ callId: "a0" }));
  const effects = smaller.effects();
  assert.deepEqual(effects.map(({ kind }) => kind), ["send_datagram", "connected", "media_start"]);
  assert.equal(effects[1]!.kind === "connected" && effects[1].crossing, true);
  smaller.hears(MARIA, invitation({ callId: "a0" }));
  assert.deepEqual(smaller.datagrams().map(([, { call_id, resposta }]) => [call_id, resposta]), [
    ["a0", "aceito"],
  ]);
  const larger = LoneCallPeer.inviting().hears(MARIA, invitation({ callId: "z0" }));
  assert.deepEqual(larger.effects(), []);
  assert.equal(larger.peer.phone, "inviting");
});

Deno.test("datagrams: both call at once while one still asks where the other is", () => {
  const lone = LoneCallPeer.registered().does({ kind: "call", name: "Maria" });
  lone.hears(MARIA, invitation({ callId: "a0" }));
  assert.equal(lone.peer.phone, "looking_up");
  lone.serverSays('{"type":"consulta_ok","nome":"Maria","ip":"198.51.100.7","porta":6050}');
  lone.hears(MARIA, invitation({ callId: "a0" }));
  assert.equal(lone.peer.phone, "connected");
});

Deno.test("datagrams: somebody in the callee's name from elsewhere does not get through by that", () => {
  const lone = LoneCallPeer.inviting();
  lone.effects();
  lone.hears(STRANGER, invitation({ callId: "a0" }));
  assert.equal(lone.peer.phone, "inviting");
  const [[to, { resposta }]] = lone.datagrams() as [[string, Record<string, unknown>]];
  assert.deepEqual([to, resposta], [`${STRANGER.ip}:${STRANGER.port}`, "rejeitado"]);
});

Deno.test("datagrams: a registry that sends us to ourselves leads to no call", () => {
  const lone = LoneCallPeer.registered().does({ kind: "call", name: "Maria" });
  lone.serverSays(`{"type":"consulta_ok","nome":"Maria","ip":"${OWN.ip}","porta":${OWN.port}}`);
  for (let i = 0; i < 3 && lone.peer.phone !== "idle"; i++) {
    for (const effect of lone.effects()) {
      if (effect.kind === "send_datagram") lone.hears(OWN, effect.bytes);
    }
  }
  assert.equal(lone.peer.phone, "idle");
});
