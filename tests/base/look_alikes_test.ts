import { deepEqual, equal, notEqual } from "node:assert/strict";
import { looksLikeItself, mixesScripts, skeleton } from "../../lib/base/look_alikes.ts";

/** Names as people of many languages have them, and as they play with them. */
const HONEST = [
  ...["Ana", "João", "José da Conceição", "Antônio", "Inês", "Luísa d'Ávila", "Úrsula D’Ávila"],
  ...["Zé 2º", "Turma 3ª", "ÍTALO", "Müller", "Łukasz", "Nguyễn Thị Ánh", "Işık", "Ñandú", "Œuvre"],
  ...["ana_1", "x-ray (2)", "Ana ❤️", "Ana 👩‍👩‍👧", "👍🏽", "½", "Ana²", "Ana™", "Ana & Cia · 5 €"],
  ...["Анна", "Вера", "Ёлка 7", "Ελένη", "שרה", "محمد", "आन्या", "นิดา", "მარიამ", "Արամ"],
  ...[
    "山田太郎",
    "やまだ タロー",
    "Ana 山田",
    "김민준",
    "Kim 민준",
    "ㄅㄆ 王",
    "Tanaka たなか",
    "ｱﾅ",
  ],
];

const MIXED = [
  ...["\u0410na", "An\u0430", "J\u03bf\u03bfo", "Ma\u0433ia", "Аna Мaria", "Ana Анна", "山田Анна"],
  ...["ᎪnᎪ", "שAna", "Ａｎａ", "Ana１", "𝐀𝐧𝐚", "𝔸na", "Ⓐna", "Anᶏa\u0430", "たな김"],
];

Deno.test("look-alikes: names as people have them mix nothing", () => {
  deepEqual(HONEST.filter(mixesScripts), []);
  deepEqual(MIXED.filter((name) => !mixesScripts(name)), []);
});

Deno.test("look-alikes: a name of letters that look like others' has their skeleton", () => {
  const rows = [
    ["Сара", "Capa"],
    ["Аса", "Aca"],
    ["ΑΝΝΑ", "ANNA"],
    ["ᎪᎢᎪ", "ATA"],
    ["ꓮꓠꓮ", "ANA"],
    ["Ａｎａ", "Ana"],
    ["𝐀𝐧𝐚", "Ana"],
    ["Jıll", "Jill"],
    ["Ana\u00a0Maria", "Ana Maria"],
    ["Ana1\ufe0f", "Ana1"],
    ["Ї", "Ï"],
  ] as const;
  for (const [copy, name] of rows) {
    equal(skeleton(copy), skeleton(name), `${copy} ${name}`);
    equal(looksLikeItself(copy), false, copy);
    equal(looksLikeItself(name), true, name);
  }
});

Deno.test("look-alikes: accents and plain letters are told apart, and are nobody's copy", () => {
  const names = [
    "Joao",
    "João",
    "Iara",
    "lara",
    "Ana1",
    "Anal",
    "Zé 3º",
    "Zé 3o",
    "O'Neil",
    "O’Neil",
  ];
  for (const one of names) {
    equal(looksLikeItself(one), true, one);
    for (const other of names) if (one !== other) notEqual(skeleton(one), skeleton(other));
  }
});
