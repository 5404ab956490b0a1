import assert from "node:assert/strict";
import { stateDiagram } from "../../lib/base/state_table.ts";
import { OUTGOING, RECEPTION } from "../../lib/music/states.ts";

for (
  const [name, table, initial] of [
    ["outgoing stream", OUTGOING, "unproven"],
    ["reception", RECEPTION, "idle"],
  ] as const
) {
  Deno.test(`states: every state of the ${name} can be reached and left, or is an end`, () => {
    const states = table as Readonly<Record<string, Readonly<Record<string, string>>>>;
    const reached = new Set<string>([initial]);
    for (const state of reached) {
      for (const to of Object.values(states[state]!)) reached.add(to);
    }
    assert.deepEqual([...reached].toSorted(), Object.keys(states).toSorted());
    for (const [state, events] of Object.entries(states)) {
      const onward = new Set([state]);
      for (const one of onward) for (const to of Object.values(states[one]!)) onward.add(to);
      assert.ok([...onward].some((one) => Object.keys(states[one]!).length === 0), state);
      assert.ok(Object.keys(events).length !== 1);
    }
  });
}

Deno.test("states: the diagrams can be drawn", () => {
  assert.match(stateDiagram(OUTGOING, "unproven"), /unproven --> sending: acked/);
  assert.match(stateDiagram(RECEPTION, "idle"), /resting --> asking: ask/);
});
