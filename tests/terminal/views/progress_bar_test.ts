import { equal } from "node:assert/strict";
import { percent, progressBar } from "../../../lib/terminal/views/progress_bar.ts";

Deno.test("a bar is full only when all is there", () => {
  equal(progressBar(10, [0, "#"]), "[          ]");
  equal(progressBar(10, [0.25, "#"]), "[##        ]");
  equal(progressBar(10, [0.999, "#"]), "[######### ]");
  equal(progressBar(10, [1, "#"]), "[##########]");
});

Deno.test("a second part goes on where the first ends", () => {
  equal(progressBar(10, [0.2, "#"], [0.5, "="]), "[##===     ]");
  equal(progressBar(10, [0.5, "#"], [0.5, "="]), "[#####     ]");
});

Deno.test("shares that cannot be leave the bar as wide as it is", () => {
  for (const share of [-1, 2, Infinity, -Infinity, NaN]) {
    equal(progressBar(10, [share, "#"], [share, "="]).length, 12, String(share));
  }
});

Deno.test("percent are whole, and 100 only at the end", () => {
  equal(percent(0, 10), 0);
  equal(percent(999, 1000), 99);
  equal(percent(10, 10), 100);
  equal(percent(20, 10), 100);
  equal(percent(0, 0), 100);
});
