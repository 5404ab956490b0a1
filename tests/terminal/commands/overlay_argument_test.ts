import { deepEqual, equal, ok } from "node:assert/strict";
import {
  type OverlayRead,
  readNamespace,
  readPeer,
  readTarget,
} from "../../../lib/terminal/commands/overlay_argument.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";

const PEERS = ["ana@UnB", "Ana Maria@UnB", "a@b@UnB"];
const NAMESPACES = ["UnB", "Sala 2"];

const said = (read: OverlayRead): string => {
  ok("key" in read, JSON.stringify(read));
  return translator("en").sentence(read);
};

Deno.test("readTarget: signs, namespaces and quotes", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["@ana oi", "@ana", "oi"],
    ["@ana@UnB  oi  você", "@ana@UnB", "oi  você"],
    ["@Ana Maria oi", "@Ana Maria", "oi"],
    ["@Ana Maria@UnB oi", "@Ana Maria@UnB", "oi"],
    ["@Zé Ninguém oi", "@Zé", "Ninguém oi"],
    ['"@Zé Ninguém" oi', "@Zé Ninguém", "oi"],
    ['@"Zé Ninguém" oi', "@Zé Ninguém", "oi"],
    ['@"Zé Ninguém"@UnB oi', "@Zé Ninguém@UnB", "oi"],
    ['@"diz \\"oi\\""@UnB oi', '@diz "oi"@UnB', "oi"],
    ['#"Sala 9" oi', "#Sala 9", "oi"],
    ["#UnB oi", "#UnB", "oi"],
    ["#Sala 2 oi", "#Sala 2", "oi"],
    ["* oi", "*", "oi"],
    ["*", "*", ""],
    ['"*" oi', "*", "oi"],
    ["@Jose\u0301 oi", "@José", "oi"],
    ["@a@b@UnB oi", "@a@b@UnB", "oi"],
  ];
  for (const [typed, value, rest] of rows) {
    deepEqual(readTarget(typed, PEERS, NAMESPACES), { value, rest }, typed);
  }
});

Deno.test("readTarget: what is nobody to send to is said", () => {
  const rows: readonly (readonly [string, RegExp])[] = [
    ["ana oi", /^“ana” is nobody to send to/],
    ["*ana oi", /^“\*ana” is nobody to send to/],
    ["@ oi", /^“” cannot be a peer's name/],
    ["@@UnB oi", /^“” cannot be a peer's name/],
    ["@ana@ oi", /^“” cannot be a namespace/],
    ["# oi", /^“” cannot be a namespace/],
    [`@${"x".repeat(65)} oi`, /at most 64 characters/],
    [`@ana@${"x".repeat(65)} oi`, /at most 64 characters/],
    ["@a\x07b oi", /^“a␇b” cannot be a peer's name/],
    ['"@Ana Maria oi', /quotes .* must be closed/],
    ['@"Ana Maria oi', /quotes .* must be closed/],
  ];
  for (const [typed, words] of rows) {
    ok(words.test(said(readTarget(typed, [], []))), `${typed}: ${said(readTarget(typed, [], []))}`);
  }
});

Deno.test("readPeer: the rest of the line, with or without a namespace, quotes or an @", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["ana", "ana"],
    ["ana@UnB", "ana@UnB"],
    ["@ana@UnB", "ana@UnB"],
    ["Ana Maria@UnB", "Ana Maria@UnB"],
    ['"Ana Maria@Sala 2"', "Ana Maria@Sala 2"],
    ['"@Ana Maria@UnB"', "Ana Maria@UnB"],
    ["@@ana@UnB", "@ana@UnB"],
    ["Jose\u0301@UnB", "José@UnB"],
  ];
  for (const [typed, value] of rows) deepEqual(readPeer(typed, PEERS), { value, rest: "" }, typed);
  ok(/peer's name/.test(said(readPeer("@", []))));
  ok(/namespace/.test(said(readPeer("ana@", []))));
  ok(/quotes/.test(said(readPeer('"ana', []))));
  deepEqual(readPeer('"ana@UnB" x', []), { value: "ana@UnB", rest: "x" });
});

Deno.test("readNamespace: with or without its sign, or all of them", () => {
  for (
    const [typed, value] of [["UnB", "UnB"], ["#UnB", "UnB"], ["*", "*"], ['"Sala 2"', "Sala 2"]]
  ) {
    deepEqual(readNamespace(typed!), { value, rest: "" });
  }
  equal(said(readNamespace("#")), "“” cannot be a namespace. A name has at least one character.");
  ok(/quotes/.test(said(readNamespace('"UnB'))));
});
