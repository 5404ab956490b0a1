import assert from "node:assert/strict";
import { stateDiagram } from "../../../lib/base/state_table.ts";
import { MEMBERSHIP } from "../../../lib/music/catalogue/states.ts";

Deno.test("membership: from every state there is a way out of the catalogue", () => {
  for (const [state, events] of Object.entries(MEMBERSHIP)) {
    const way = state === "offline" || "leave" in events || "left" in events;
    assert.ok(way, state);
  }
  assert.match(stateDiagram(MEMBERSHIP, "offline"), /leaving --> offline: left/);
});
