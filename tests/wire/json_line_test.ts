import assert from "node:assert/strict";
import { parseJsonLine } from "../../lib/wire/json_line.ts";
import { bytesOf, isRemoteError, joined, type Line } from "../vectors/vector.ts";

Deno.test("json line: an object, as it came", () => {
  const line = ' {"a":1,"b":[null,{"c":"é"}],"a":2}\t';
  assert.deepEqual(parseJsonLine(bytesOf(line)), { a: 2, b: [null, { c: "é" }] });
});

Deno.test("json line: __proto__ is a field like others", () => {
  const object = parseJsonLine(bytesOf('{"__proto__":{"type":"PING"}}'));
  assert.equal(object.type, undefined);
  assert.equal(Object.getPrototypeOf(object), Object.prototype);
});

for (const blank of ["", " ", "\t \t", "\r", "\u00a0"]) {
  Deno.test(`json line: ${JSON.stringify(blank)} is empty`, () => {
    assert.throws(() => parseJsonLine(bytesOf(blank)), isRemoteError("empty"));
  });
}

const NO_OBJECTS: readonly (readonly [what: string, line: Line])[] = [
  ["null", "null"],
  ["a number", "12"],
  ["a string", '"{}"'],
  ["an array", "[{}]"],
  ["true", "true"],
  ["two objects", "{}{}"],
  ["half an object", '{"a":'],
  ["a comment", "{}//"],
  ["a trailing comma", '{"a":1,}'],
  ["single quotes", "{'a':1}"],
  ["NaN", '{"a":NaN}'],
  ["a raw control character in a string", '{"a":"\u0001"}'],
  ["a byte order mark", "\ufeff{}"],
  ["16,000 open brackets", "[".repeat(16_000)],
  ["6,000 open braces", '{"a":'.repeat(6_000)],
  ["what is not UTF-8", joined(bytesOf('{"a":"'), Uint8Array.of(0xff), bytesOf('"}'))],
];

for (const [what, line] of NO_OBJECTS) {
  Deno.test(`json line: ${what} is invalid_json`, () => {
    assert.throws(() => parseJsonLine(bytesOf(line)), isRemoteError("invalid_json"));
  });
}
