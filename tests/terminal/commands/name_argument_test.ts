import { deepEqual, equal } from "node:assert/strict";
import * as fc from "fast-check";
import {
  alwaysQuoted,
  partOfName,
  quoteName,
  readName,
} from "../../../lib/terminal/commands/name_argument.ts";

const KNOWN = new Set(["Ana", "Ana Maria", "Ana Maria Braga", "José", 'O "Rei"', "Dois  Espaços"]);

Deno.test("readName: quotes, then the longest known name, then one word", () => {
  const rows = [
    ["Ana oi", { name: "Ana", rest: "oi" }],
    ["Ana Maria oi", { name: "Ana Maria", rest: "oi" }],
    ["Ana Mariana oi", { name: "Ana", rest: "Mariana oi" }],
    ["Ana Maria Braga", { name: "Ana Maria Braga", rest: "" }],
    ["Ana", { name: "Ana", rest: "" }],
    ["Ana   oi  tudo  bem", { name: "Ana", rest: "oi  tudo  bem" }],
    ["Dois  Espaços x", { name: "Dois  Espaços", rest: "x" }],
    ["Jose\u0301 oi", { name: "José", rest: "oi" }],
    ["Zé Carlos oi", { name: "Zé", rest: "Carlos oi" }],
    ['"Ana" Maria oi', { name: "Ana", rest: "Maria oi" }],
    ['"Zé Carlos" oi', { name: "Zé Carlos", rest: "oi" }],
    ['"a\\"b\\\\c" x', { name: 'a"b\\c', rest: "x" }],
    ['O "Rei" oi', { name: 'O "Rei"', rest: "oi" }],
    ['""', { name: "", rest: "" }],
    ['"Ana', null],
    ['"Ana"oi', null],
    ['"', null],
    ['"Ana\\"', null],
  ] as const;
  for (const [typed, read] of rows) deepEqual(readName(typed, KNOWN), read, typed);
});

Deno.test("readName: a long text costs no more than its beginning", () => {
  const text = "a ".repeat(30_000).trim();
  deepEqual(readName(text, KNOWN), { name: "a", rest: text.slice(2) });
});

Deno.test("quoteName: only where it is needed", () => {
  equal(quoteName("Ana"), "Ana");
  equal(quoteName("Ana Maria"), '"Ana Maria"');
  equal(quoteName('"Ana'), '"\\"Ana"');
  equal(quoteName('Ana"'), 'Ana"');
  equal(partOfName('"Ana \\"M'), 'Ana "M');
});

Deno.test("a quoted name is read back as it was", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (text) => {
      const name = text.normalize("NFC");
      deepEqual(readName(`${alwaysQuoted(name)} oi`, new Set()), { name, rest: "oi" });
      equal(partOfName(alwaysQuoted(name).slice(0, -1)), name);
    }),
    { seed: 7 },
  );
});
