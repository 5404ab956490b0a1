import { strict as assert } from "node:assert";
import { formatTable } from "../../../lib/terminal/text/table.ts";
import { displayWidth } from "../../../lib/terminal/text/width.ts";

const ROWS = [["Ana", "1.2.3.4:5000", "7"], ["日本語", "[::1]:6000", "1234"]];

Deno.test("columns are aligned by display width", () => {
  const lines = formatTable({
    header: ["name", "address", "ms"],
    rows: ROWS,
    align: ["left", "left", "right"],
    columns: 80,
  });
  assert.deepEqual(lines, [
    "name    address         ms",
    "Ana     1.2.3.4:5000     7",
    "日本語  [::1]:6000    1234",
  ]);
});

Deno.test("the widest columns are cut to fit", () => {
  const header = ["name", "address", "ms"];
  for (let columns = 1; columns <= 30; columns++) {
    for (const line of formatTable({ header, rows: ROWS, columns })) {
      assert(displayWidth(line) <= columns, `${columns}: ${line}`);
    }
  }
  assert.deepEqual(formatTable({ header: ["a", "b"], rows: [["x", "y".repeat(9)]], columns: 9 }), [
    "a  b",
    "x  yyyyy…",
  ]);
});

Deno.test("no rows, no columns, short rows", () => {
  assert.deepEqual(formatTable({ header: ["a"], rows: [], columns: 10 }), ["a"]);
  assert.deepEqual(formatTable({ header: [], rows: [], columns: 10 }), [""]);
  assert.deepEqual(formatTable({ header: ["a", "b"], rows: [["x"]], columns: 10 }), ["a  b", "x"]);
});
