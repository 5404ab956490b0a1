import { deepStrictEqual, throws } from "node:assert/strict";
import { packRecords, unpackRecords } from "./records.ts";

Deno.test("records come out as they went in, with any bytes and any length", () => {
  const records = [[], [10, 13, 0, 255], [1]].map((bytes) => new Uint8Array(bytes));
  deepStrictEqual(unpackRecords(packRecords(records)), records);
});

Deno.test("a record is its length and its bytes", () => {
  deepStrictEqual([...packRecords([new Uint8Array([7, 8])])], [2, 0, 0, 0, 7, 8]);
});

Deno.test("records that are cut short are refused", () => {
  const packed = packRecords([new Uint8Array([7, 8])]);
  throws(() => unpackRecords(packed.subarray(0, 5)), RangeError);
  throws(() => unpackRecords(packed.subarray(0, 2)), RangeError);
});
