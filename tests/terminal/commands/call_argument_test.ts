import { deepEqual, equal, ok } from "node:assert/strict";
import { readCallee, readPercent } from "../../../lib/terminal/commands/call_argument.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";

const NOBODY: ReadonlySet<string> = new Set();

Deno.test("readCallee: a name up to the end of the line, or in quotes", () => {
  const rows = [
    ["Maria", "Maria", ""],
    ["Maria José", "Maria José", ""],
    ["Maria Jose\u0301", "Maria José", ""],
    ['"Maria José"', "Maria José", ""],
    ['"Maria" José', "Maria", "José"],
    ["a:b", "a:b", ""],
    ["日本", "日本", ""],
  ] as const;
  for (const [typed, value, rest] of rows) deepEqual(readCallee(typed, NOBODY), { value, rest });
});

Deno.test("readCallee: what cannot be a name is a mistake that says why", () => {
  for (const typed of ['"Maria', '""', "a\x07b", "x".repeat(65)]) {
    const read = readCallee(typed, NOBODY);
    ok("key" in read, typed);
    // deno-lint-ignore no-control-regex
    equal(/[\x00-\x1f]/.test(translator("en").sentence(read)), false);
  }
});

Deno.test("readPercent: 0 to 400, with or without the sign", () => {
  deepEqual(readPercent("0"), { value: 0, rest: "" });
  deepEqual(readPercent("400%"), { value: 400, rest: "" });
  deepEqual(readPercent("050 x"), { value: 50, rest: "x" });
  for (const typed of ["401", "-1", "1.5", "1e2", "99999", "%", "alto", "١"]) {
    ok("key" in readPercent(typed), typed);
  }
});
