import assert from "node:assert/strict";
import { stateDiagram, type StateTable } from "../../lib/base/state_table.ts";
import { PHONE, REGISTRY } from "../../lib/call/states.ts";

function reachable(table: StateTable<string, string>, initial: string): string[] {
  const seen = new Set([initial]);
  for (const state of seen) for (const next of Object.values(table[state]!)) seen.add(next!);
  return [...seen].toSorted();
}

Deno.test("every state of both tables can be reached from every other", () => {
  for (const table of [PHONE, REGISTRY]) {
    const states = Object.keys(table).toSorted();
    for (const state of states) assert.deepEqual(reachable(table, state), states, state);
  }
});

Deno.test("the telephone goes back to idle in one step from everywhere", () => {
  for (const [state, events] of Object.entries(PHONE)) {
    if (state !== "idle") assert.ok(Object.values(events).includes("idle"), state);
  }
});

Deno.test("what only the person does has a way for the other side's silence as well", () => {
  assert.equal(PHONE.inviting.no_answer, "idle");
  assert.equal(PHONE.invited.withdrawn, "idle");
  assert.equal(PHONE.connected.lost, "idle");
  assert.equal(PHONE.looking_up.no_address, "idle");
});

Deno.test("the diagram of the telephone, as the documentation shows it", () => {
  assert.equal(
    stateDiagram(PHONE, "idle"),
    `stateDiagram-v2
  [*] --> idle
  idle --> looking_up: call
  idle --> invited: invitation
  looking_up --> inviting: address
  looking_up --> idle: no_address
  looking_up --> idle: hang_up
  inviting --> connected: accepted
  inviting --> connected: crossing
  inviting --> idle: rejected
  inviting --> idle: no_answer
  inviting --> idle: their_end
  inviting --> idle: no_codec
  inviting --> idle: hang_up
  invited --> connected: accept
  invited --> idle: reject
  invited --> idle: their_end
  invited --> idle: withdrawn
  connected --> idle: hang_up
  connected --> idle: their_end
  connected --> idle: lost`,
  );
});
