import { equal } from "node:assert/strict";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { byteAmount, byteRate } from "../../../lib/terminal/views/byte_amount.ts";

Deno.test("bytes in the largest unit that fits, rounded down", () => {
  const rows = [
    [-1, "0 B"],
    [0, "0 B"],
    [9, "9 B"],
    [999, "999 B"],
    [1000, "1 kB"],
    [1999, "1.9 kB"],
    [12_900, "12 kB"],
    [4_234_567, "4.2 MB"],
    [1e9, "1 GB"],
    [5.5e15, "5,500 TB"],
  ] as const;
  for (const [bytes, text] of rows) equal(byteAmount(bytes, translator("en")), text);
});

Deno.test("the decimal sign is the one of the language", () => {
  equal(byteAmount(4_234_567, translator("pt")), "4,2 MB");
  equal(byteRate(1_500_000, translator("pt")), "1,5 MB/s");
});
