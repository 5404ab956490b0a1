import { deepEqual, equal } from "node:assert/strict";
import { remember } from "../../lib/terminal/remember.ts";

Deno.test("remember: the longest unheard of goes when there are too many", () => {
  const names = new Set<string>();
  for (let i = 0; i < 4096; i++) remember(names, `p${i}`);
  remember(names, "p0");
  remember(names, "Ana");
  equal(names.size, 4096);
  deepEqual([...names].slice(-2), ["p0", "Ana"]);
  equal(names.has("p1"), false);
});
