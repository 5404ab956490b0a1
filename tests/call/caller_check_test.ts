import assert from "node:assert/strict";
import type { CallStatus } from "../../lib/call/status.ts";
import { CALL_LIMITS } from "../../lib/call/limits.ts";
import {
  hangUp,
  invitation,
  LoneCallPeer,
  MARIA,
  MARIA_IS_THERE,
  STRANGER,
} from "./lone_call_peer.ts";

/** What is told of the caller's name. */
function doubts(statuses: readonly CallStatus[]): unknown[] {
  return statuses.flatMap((status) => status.kind === "caller_checked" ? [status.doubt] : []);
}

Deno.test("caller: it rings at once, and the registry is asked for the name", () => {
  const lone = LoneCallPeer.registered().hears(MARIA, invitation());
  assert.equal(lone.peer.phone, "invited");
  assert.equal(lone.peer.confirmed, false, "not before it is known");
  assert.deepEqual(lone.effects().map((effect) => "line" in effect ? effect.line : effect.kind), [
    "invited",
    '{"type":"consulta","nome":"Maria"}',
  ]);
  lone.serverSays(MARIA_IS_THERE);
  assert.deepEqual(doubts(lone.statuses()), [null]);
  assert.equal(lone.peer.confirmed, true);
  lone.does({ kind: "accept" });
  const connected = lone.statuses().find(({ kind }) => kind === "connected");
  assert.ok(connected?.kind === "connected" && connected.confirmed);
});

Deno.test("caller: another port of the same machine is a NAT's, another machine is a stranger", () => {
  const moved = LoneCallPeer.registered().hears({ ...MARIA, port: 41_000 }, invitation());
  assert.deepEqual(doubts(moved.serverSays(MARIA_IS_THERE).statuses()), [null]);
  const stranger = LoneCallPeer.registered().hears(STRANGER, invitation());
  assert.deepEqual(doubts(stranger.serverSays(MARIA_IS_THERE).statuses()), ["other_address"]);
});

Deno.test("caller: who claims the address of another in a local network is not believed", () => {
  const [claimed, from] = [{ ip: "192.168.0.7", port: 6050 }, { ip: "192.168.0.66", port: 6000 }];
  const lone = LoneCallPeer.registered().hears(from, invitation(claimed));
  lone.serverSays('{"type":"consulta_ok","nome":"Maria","ip":"192.168.0.7","porta":6050}');
  assert.deepEqual(doubts(lone.statuses()), ["other_address"]);
});

Deno.test("caller: a name that nobody registered stays marked to the end of the call", () => {
  const lone = LoneCallPeer.registered().hears(MARIA, invitation()).does({ kind: "accept" });
  lone.serverSays('{"type":"consulta_erro","nome":"Maria","erro":"nao_registrado"}');
  lone.passes(1000).hears(MARIA, hangUp("c1"));
  const statuses = lone.statuses();
  assert.deepEqual(doubts(statuses), ["not_registered"]);
  const marks = statuses.flatMap((status) =>
    "confirmed" in status ? [[status.kind, status.confirmed]] : []
  );
  assert.deepEqual(marks, [["connected", true], ["ended", false]], "it had not answered yet");
});

Deno.test("caller: a registry that is silent is waited for no longer than in chat, and may be late", () => {
  const lone = LoneCallPeer.registered().hears(MARIA, invitation());
  lone.passes(CALL_LIMITS.verification - 1);
  assert.deepEqual(doubts(lone.statuses()), []);
  lone.passes(1);
  assert.deepEqual(doubts(lone.statuses()), ["no_answer"]);
  assert.equal(lone.peer.phone, "invited");
  assert.deepEqual(doubts(lone.serverSays(MARIA_IS_THERE).statuses()), [null]);
  assert.equal(lone.peer.confirmed, true);
});

Deno.test("caller: without a registry it rings all the same, unconfirmed", () => {
  const lone = LoneCallPeer.registered();
  lone.give({ kind: "closed", link: lone.server, reason: "end_of_file" });
  lone.effects();
  lone.hears(MARIA, invitation());
  assert.deepEqual(lone.statuses().map(({ kind }) => kind), ["invited", "caller_checked"]);
  assert.equal(lone.peer.confirmed, false);
});

Deno.test("caller: an answer about one who has gone is not taken for the next", () => {
  const lone = LoneCallPeer.registered().hears(MARIA, invitation()).hears(MARIA, hangUp("c1"));
  lone.hears(STRANGER, invitation({ callId: "c2" }));
  lone.effects();
  lone.serverSays(MARIA_IS_THERE);
  assert.deepEqual(doubts(lone.statuses()), [], "it was for the first");
  lone.serverSays(MARIA_IS_THERE);
  assert.deepEqual(doubts(lone.statuses()), ["other_address"]);
});

Deno.test("caller: whom we call is confirmed, the registry sent us there", () => {
  const lone = LoneCallPeer.inviting();
  assert.equal(lone.peer.confirmed, true);
});
