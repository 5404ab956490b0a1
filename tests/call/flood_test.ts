/**
 * Strangers who send much: what rings, what is remembered, what is answered.
 *
 * @module
 */
import assert from "node:assert/strict";
import { SECOND } from "../../lib/base/units.ts";
import { CALL_LIMITS } from "../../lib/call/limits.ts";
import { formatCallMessage } from "../../lib/protocol/call.ts";
import { bytesOf } from "../vectors/vector.ts";
import {
  hangUp,
  invitation,
  LoneCallPeer,
  MARIA,
  MARIA_IS_THERE,
  STRANGER,
} from "./lone_call_peer.ts";

Deno.test("flood: invitations from everywhere ring a few times, the others are counted", () => {
  const lone = LoneCallPeer.registered();
  for (let n = 0; n < 1000; n++) {
    const from = { ip: `192.0.2.${n % 250}`, port: 6000 };
    const callId = `c${n}`;
    lone.hears(from, invitation({ callId, name: `Ana ${n}` })).hears(from, hangUp(callId));
  }
  const rings = lone.statuses().filter(({ kind }) => kind === "invited").length;
  assert.equal(rings, CALL_LIMITS.rings.burst);
  assert.equal(lone.peer.counters.flooded, 1000 - rings);
  lone.passes(SECOND / CALL_LIMITS.rings.rate);
  lone.hears(MARIA, invitation({ callId: "true" }));
  assert.equal(lone.peer.phone, "invited");
});

Deno.test("flood: who does not ring is not told no, so that a true call may still get through", () => {
  const lone = LoneCallPeer.registered();
  for (let n = 0; n <= CALL_LIMITS.rings.burst; n++) {
    lone.hears(STRANGER, invitation({ callId: `c${n}` })).hears(STRANGER, hangUp(`c${n}`));
  }
  lone.effects();
  for (let tries = 0; tries < 60 && lone.peer.phone === "idle"; tries++) {
    lone.hears(MARIA, invitation({ callId: "true" })).passes(CALL_LIMITS.inviteInterval);
  }
  assert.equal(lone.peer.partner, "Maria");
  assert.deepEqual(lone.datagrams(), []);
});

Deno.test("flood: made-up goodbyes and invitations make no call forgotten that was", () => {
  const lone = LoneCallPeer.registered().hears(MARIA, invitation());
  lone.serverSays(MARIA_IS_THERE).does({ kind: "reject" });
  for (let n = 0; n < 3 * CALL_LIMITS.endedCalls; n++) lone.hears(STRANGER, hangUp(`x${n}`));
  lone.hears(MARIA, invitation({ callId: "c2" }));
  for (let n = 0; n < 3 * CALL_LIMITS.endedCalls; n++) {
    lone.hears(STRANGER, invitation({ callId: `y${n}` }));
  }
  lone.hears(MARIA, hangUp("c2")).effects();
  lone.hears(MARIA, invitation());
  assert.equal(lone.peer.phone, "idle", "the rejected call does not ring again");
  assert.deepEqual(lone.datagrams().map(([, { resposta }]) => resposta), ["rejeitado"]);
});

Deno.test("flood: nothing is answered by more than three times its bytes", () => {
  const lone = LoneCallPeer.registered("Ж".repeat(64));
  lone.hears(MARIA, invitation()).effects();
  const short = '{"type":"convite","call_id":"c","nome":"M"}';
  for (const text of [short, short, formatCallMessage(invitation({ callId: "c3" }))]) {
    const datagram = bytesOf(text);
    lone.hears(STRANGER, datagram);
    const answered = lone.effects().flatMap((effect) =>
      effect.kind === "send_datagram" ? [effect.bytes.length] : []
    );
    assert.deepEqual(answered.filter((bytes) => bytes > 3 * datagram.length), []);
    assert.equal(answered.length, text === short ? 0 : 1);
  }
  assert.equal(lone.peer.counters.withheld, 2);
});
