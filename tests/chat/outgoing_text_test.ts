import { strict as assert } from "node:assert";
import { outgoingLines } from "../../lib/chat/outgoing_text.ts";

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

Deno.test("text as lines", async (t) => {
  const family = "👨‍👩‍👧‍👦";
  const cases: [string, number, string[]][] = [
    ["", 10, []],
    ["\n\r\n\r", 10, []],
    ["one", 10, ["one"]],
    [" ", 10, [" "]],
    ["one\ntwo", 10, ["one", "two"]],
    ["one\r\n\r\ntwo\rthree\n", 10, ["one", "two", "three"]],
    ["1234567890", 10, ["1234567890"]],
    ["12345678901", 10, ["1234567890", "1"]],
    ["ééééé", 10, ["ééééé"]],
    ["xééééé", 10, ["xéééé", "é"]],
    ["12345678e\u0301", 10, ["12345678", "e\u0301"]],
    [`${family}${family}`, bytes(family), [family, family]],
    ["line\u2028separator", 30, ["line\u2028separator"]],
  ];
  for (const [text, limit, lines] of cases) {
    await t.step(JSON.stringify(text), () => assert.deepEqual(outgoingLines(text, limit), lines));
  }
});

Deno.test("a grapheme over the limit is cut between its code points, none of it lost", () => {
  const monster = "e" + "\u0301".repeat(50);
  const parts = outgoingLines(`ab${monster}cd`, 10);
  assert.equal(parts.join(""), `ab${monster}cd`);
  assert.ok(parts.every((part) => bytes(part) <= 10 && part !== ""));
});
