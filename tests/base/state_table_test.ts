import assert from "node:assert/strict";
import { stateDiagram, type StateTable, transition } from "../../lib/base/state_table.ts";

const DOOR: StateTable<"open" | "shut" | "gone", "push" | "pull" | "burn"> = {
  open: { push: "shut", burn: "gone" },
  shut: { pull: "open", burn: "gone" },
  gone: {},
};

Deno.test("state table: an event leads where the table says", () => {
  assert.equal(transition(DOOR, "open", "push"), "shut");
  assert.equal(transition(DOOR, "shut", "pull"), "open");
});

Deno.test("state table: what it does not hold is a bug of ours, said by name", () => {
  assert.throws(() => transition(DOOR, "gone", "pull"), {
    name: "TypeError",
    message: "no transition from gone on pull",
  });
});

Deno.test("state table: the diagram has every transition, its start and its ends", () => {
  assert.deepEqual(stateDiagram(DOOR, "open").split("\n"), [
    "stateDiagram-v2",
    "  [*] --> open",
    "  open --> shut: push",
    "  open --> gone: burn",
    "  shut --> open: pull",
    "  shut --> gone: burn",
    "  gone --> [*]",
  ]);
});
