import { deepStrictEqual } from "node:assert/strict";
import { comfortable } from "./terminal_columns.ts";

Deno.test("text is set for 60 to 100 columns, and for 100 where nobody knows", () => {
  deepStrictEqual([0, 20, 60, 80, 100, 300].map(comfortable), [100, 60, 60, 80, 100, 100]);
});
