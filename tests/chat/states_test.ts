import { strict as assert } from "node:assert";
import { stateDiagram, type StateTable } from "../../lib/base/state_table.ts";
import { CONVERSATION, SESSION } from "../../lib/chat/states.ts";

function reachable(table: StateTable<string, string>, initial: string[]): string[] {
  const seen = new Set(initial);
  for (const state of seen) for (const next of Object.values(table[state]!)) seen.add(next!);
  return [...seen].toSorted();
}

Deno.test("every state of both tables can be reached, and only `ended` is final", () => {
  assert.deepEqual(reachable(SESSION, ["offline"]), Object.keys(SESSION).toSorted());
  assert.deepEqual(
    reachable(CONVERSATION, ["looking_up", "greeting"]),
    Object.keys(CONVERSATION).toSorted(),
  );
  for (const [state, events] of Object.entries(CONVERSATION)) {
    assert.equal(Object.keys(events).length === 0, state === "ended", state);
  }
});

Deno.test("from every state of the session the person can leave", () => {
  for (const [state, events] of Object.entries(SESSION)) {
    if (state !== "offline") assert.equal(events.leave, "offline", state);
  }
});

Deno.test("the diagram of the session, as the documentation shows it", () => {
  assert.equal(
    stateDiagram(SESSION, "offline"),
    `stateDiagram-v2
  [*] --> offline
  offline --> connecting: start
  connecting --> registering: connected
  connecting --> waiting: unreachable
  connecting --> offline: leave
  registering --> active: list_reply
  registering --> connecting: closed_once
  registering --> refused: closed
  registering --> waiting: lost
  registering --> offline: leave
  active --> waiting: closed
  active --> waiting: lost
  active --> offline: leave
  waiting --> connecting: retry
  waiting --> connecting: rename
  waiting --> offline: leave
  refused --> connecting: rename
  refused --> connecting: retry
  refused --> offline: leave`,
  );
});

Deno.test("the diagram of a conversation names every transition once and ends", () => {
  const lines = stateDiagram(CONVERSATION, "looking_up").split("\n");
  const transitions = Object.values(CONVERSATION).flatMap((events) => Object.keys(events));
  assert.equal(lines.length, 2 + transitions.length + 1);
  assert.equal(lines.at(-1), "  ended --> [*]");
  assert.equal(new Set(lines).size, lines.length);
});
