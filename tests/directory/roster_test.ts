import assert from "node:assert/strict";
import { Roster } from "../../lib/directory/roster.ts";

function rosterOf(...names: string[]): Roster {
  return new Roster(names.map((id) => ({
    service: "chat",
    group: "",
    id,
    owner: "",
    holder: "",
    payload: null,
    expiresAt: 0,
  })));
}

Deno.test("roster: everyone but one, wherever it stands", () => {
  const roster = rosterOf("Ana", "Bruno", "Camila");
  assert.equal(roster.without("Ana"), "Bruno:Camila");
  assert.equal(roster.without("Bruno"), "Ana:Camila");
  assert.equal(roster.without("Camila"), "Ana:Bruno");
  assert.equal(roster.without("Davi"), "Ana:Bruno:Camila");
});

Deno.test("roster: alone, or nobody at all", () => {
  assert.equal(rosterOf("Ana").without("Ana"), "");
  assert.equal(rosterOf().without("Ana"), "");
});

Deno.test("roster: names that contain one another, and wide ones", () => {
  const names = ["a", "aa", "😀a", "a😀", "é"];
  const roster = rosterOf(...names);
  for (const name of names) {
    assert.equal(roster.without(name), names.filter((other) => other !== name).join(":"));
  }
});
