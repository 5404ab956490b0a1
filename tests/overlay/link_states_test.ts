import assert from "node:assert/strict";
import {
  LINK_TRANSITIONS,
  type LinkEvent,
  type LinkState,
  nextLinkState,
} from "../../lib/overlay/link_states.ts";

const STATES = Object.keys(LINK_TRANSITIONS) as LinkState[];

Deno.test("every transition of the table is followed, and every other is a bug", () => {
  const events = new Set(STATES.flatMap((state) => Object.keys(LINK_TRANSITIONS[state])));
  for (const state of STATES) {
    for (const event of events as Set<LinkEvent>) {
      const next = LINK_TRANSITIONS[state][event];
      if (next !== undefined) assert.equal(nextLinkState(state, event), next);
      else assert.throws(() => nextLinkState(state, event), TypeError);
    }
  }
});

Deno.test("a link ends from everywhere, and stays gone", () => {
  for (const state of STATES) {
    const next = Object.values(LINK_TRANSITIONS[state]);
    if (state === "gone") assert.deepEqual(next, []);
    else assert.ok(next.includes("gone"), state);
  }
});
