import { deepEqual, equal } from "node:assert/strict";
import * as fc from "fast-check";
import {
  alwaysQuoted,
  partOfName,
  quoteName,
  readLastName,
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

Deno.test("readName: the marks that the screen puts before a name are no part of it", () => {
  const known = new Set([...KNOWN, "?Rui", "≈Eva", "@Bia@UnB"]);
  const rows = [
    ["≈Ana oi", "Ana", "oi"],
    ["?Ana oi", "Ana", "oi"],
    ["≈?Ana oi", "Ana", "oi"],
    ["≈Ana Maria ?oi", "Ana Maria", "?oi"],
    ['"≈Ana Maria" oi', "Ana Maria", "oi"],
    ["@≈Bia@UnB oi", "@Bia@UnB", "oi"],
    ["≈Zé oi", "Zé", "oi"],
    ["≈?Zé oi", "Zé", "oi"],
    // Somebody is called so.
    ["?Rui oi", "?Rui", "oi"],
    ["≈?Rui oi", "?Rui", "oi"],
    ["≈Eva oi", "≈Eva", "oi"],
    // What is in quotes and unknown is meant as it stands, and so is what is nothing but marks.
    ['"?Zé" oi', "?Zé", "oi"],
    ["? oi", "?", "oi"],
    ["≈ oi", "≈", "oi"],
    ["Ana?", "Ana?", ""],
  ] as const;
  for (const [typed, name, rest] of rows) deepEqual(readName(typed, known), { name, rest }, typed);
  deepEqual(readLastName("≈?Ana Maria", known), { name: "Ana Maria", rest: "" });
  deepEqual(readLastName("≈Zé Ninguém", known), { name: "Zé Ninguém", rest: "" });
  deepEqual(readLastName('"≈Ana" x', known), { name: "Ana", rest: "x" });
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
