import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { formatReplySizes, parseReplySizes, replies } from "./reply_sizes.ts";

Deno.test("sizes are read as they are written", () => {
  const sizes = [{ request: 13, reply: 22 }, { request: 85, reply: 500 }];
  strictEqual(formatReplySizes(sizes), "13:22,85:500");
  deepStrictEqual(parseReplySizes("13:22,85:500"), sizes);
});

Deno.test("what is no pair of positive integers is refused", () => {
  for (const text of ["", "13", "13:", "0:1", "1:-1", "1:2:3"]) {
    throws(() => parseReplySizes(text), TypeError);
  }
});

Deno.test("every reply has its length and ends with a line end", () => {
  strictEqual(new TextDecoder().decode(replies(3, 2)), "xx\nxx\n");
});
