import { deepEqual, equal, ok } from "node:assert/strict";
import {
  readDestination,
  readMoment,
  readPath,
  readQuery,
  readWanted,
} from "../../../lib/terminal/commands/music_argument.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";

Deno.test("readPath: to the end of the line, or in quotes; nothing in it is changed", () => {
  const rows = [
    ["/home/ana/My music", "/home/ana/My music", ""],
    ["C:\\Music\\new", "C:\\Music\\new", ""],
    ['"My music"', "My music", ""],
    ["'My music'", "My music", ""],
    ['"C:\\My music\\"', "C:\\My music\\", ""],
    [`"Ana's" rest`, "Ana's", "rest"],
    ['it"s', 'it"s', ""],
    ["~/music", "~/music", ""],
    ["Jose\u0301", "Jose\u0301", ""],
  ] as const;
  for (const [typed, value, rest] of rows) deepEqual(readPath(typed), { value, rest }, typed);
});

Deno.test("readPath: open quotes, nothing and a NUL are mistakes that can be said", () => {
  for (const typed of ['"My music', "'", '""', '" "', '"a"b', "a\0b"]) {
    const read = readPath(typed);
    ok("key" in read, typed);
    for (const language of LANGUAGES) ok(translator(language).sentence(read) !== "");
  }
});

Deno.test("readQuery: words as they are, without quotes around all of them", () => {
  deepEqual(readQuery("bach  suite"), { value: "bach  suite", rest: "" });
  deepEqual(readQuery('"bach suite"'), { value: "bach suite", rest: "" });
  deepEqual(readQuery('"a" b'), { value: '"a" b', rest: "" });
  deepEqual(readQuery("x".repeat(128)), { value: "x".repeat(128), rest: "" });
  ok("key" in readQuery("x".repeat(129)));
});

Deno.test("readWanted: a number alone is one of the list, all else is words", () => {
  const number = (number: number) => ({ kind: "number", number });
  const query = (query: string) => ({ kind: "query", query });
  const rows = [
    ["3", number(3)],
    ["007", number(7)],
    ["0", number(0)],
    ["3 doors down", query("3 doors down")],
    ["-3", query("-3")],
    ["1.5", query("1.5")],
    ['"1999"', query("1999")],
    ["1234567890", query("1234567890")],
    ["suite --to x", query("suite --to x")],
  ] as const;
  for (const [typed, value] of rows) deepEqual(readWanted(typed, true), { value, rest: "" }, typed);
  ok("key" in readWanted('""', true));
  ok("key" in readWanted("x".repeat(200), true));
});

Deno.test("readWanted: what comes before --to, where something can", () => {
  const rows = [
    ["3 --to x", "3", "--to x"],
    ["3 --to=x", "3", "--to=x"],
    ["3 --to", "3", "--to"],
    ["bach suite --to a --to b", "bach suite", "--to a --to b"],
    ["from--to", "from--to", ""],
    ["a --together", "a --together", ""],
    ['"a --to b" --to c', "a --to b", "--to c"],
    ["bach", "bach", ""],
  ] as const;
  for (const [typed, words, rest] of rows) {
    const read = readWanted(typed, false);
    ok(!("key" in read), typed);
    equal(read.value.kind === "number" ? String(read.value.number) : read.value.query, words);
    equal(read.rest, rest);
  }
  ok("key" in readWanted("--to x", false));
});

Deno.test("readDestination: the path behind --to", () => {
  deepEqual(readDestination("--to My music"), { value: "My music", rest: "" });
  deepEqual(readDestination('--to="My music" x'), { value: "My music", rest: "x" });
  for (const typed of ["--to", "--to=", "--to  "]) ok("key" in readDestination(typed), typed);
});

Deno.test("readMoment: seconds, minutes and seconds, hours", () => {
  const rows = [["90", 90], ["1:30", 90], ["0:00", 0], ["90:00", 5400], ["1:02:03", 3723]] as const;
  for (const [typed, value] of rows) deepEqual(readMoment(typed), { value, rest: "" }, typed);
  deepEqual(readMoment("1:30 x"), { value: 90, rest: "x" });
  for (const typed of ["", "1:5", "1:60", "1:60:00", ":30", "1:", "-1", "1.5", "1:2:3:4", "١"]) {
    ok("key" in readMoment(typed), typed);
  }
});

Deno.test("what is read of a long line takes no longer than its length", () => {
  for (const part of ['"', "' ", "--to ", "a --t", '" "', "\\"]) {
    const typed = part.repeat(60_000 / part.length);
    const began = performance.now();
    readPath(typed);
    readQuery(typed);
    readWanted(typed, false);
    readWanted(typed, true);
    readDestination(`--to ${typed}`);
    readMoment(typed);
    ok(performance.now() - began < 1000, part);
  }
});
