import { equal } from "node:assert/strict";
import { quoted } from "../../../lib/terminal/commands/quoted.ts";

Deno.test("quoted: short, and nothing in it that a terminal obeys", () => {
  equal(quoted("Ana"), "Ana");
  equal(quoted("a\x1b[2Jb"), "a␛[2Jb");
  equal(quoted("x".repeat(60_000)), `${"x".repeat(39)}…`);
});
