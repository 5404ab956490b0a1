import assert from "node:assert/strict";
import { join } from "node:path";
import { seededRandom } from "../../lib/base/random.ts";
import { RemoteProtocolError } from "../../lib/base/errors.ts";
import { parseJsonLine } from "../../lib/wire/json_line.ts";
import { addToCorpus, corpusOf } from "./corpus.ts";
import { faultOf, minimised } from "./fuzzer.ts";
import { jsonMutated } from "./json_mutation.ts";
import { operationOf, scriptOf, stepsOf } from "./script.ts";
import { search } from "./search.ts";
import { bytesOf, type FuzzTarget, readOrRefuse, textOf } from "./target.ts";

/** A target whose reader has a bug behind several conditions, each of which is a behaviour. */
const BURIED: FuzzTarget = {
  name: "buried",
  seeds: [bytesOf('{"type":"hello","list":[1]}')],
  words: ["list"],
  most: 200,
  tries: 0,
  run(input, saw) {
    const object = readOrRefuse(() => parseJsonLine(input), saw);
    if (object === null || !Array.isArray(object.list)) return;
    saw("a list");
    if (object.list.length !== 0) return;
    saw("an empty list");
    if (typeof object.type === "string") return;
    throw new TypeError("nobody thought of that");
  },
};

Deno.test("the fuzzer finds a bug behind several conditions, and makes its input short", async () => {
  const { faults, runs } = await search(BURIED, { seed: 1, goOn: (runs) => runs < 50_000 });
  assert.ok(runs < 50_000 || faults.length > 0, "it was not found");
  const [fault] = faults;
  assert.match(fault!.stack, /nobody thought of that/);
  assert.ok(textOf(fault!.input).length < 60, textOf(fault!.input));
});

Deno.test("the same seed finds the same, another seed something else", async () => {
  const runs = async (seed: number) =>
    (await search(BURIED, { seed, goOn: (runs) => runs < 200 })).news;
  assert.deepEqual(await runs(3), await runs(3));
  assert.notDeepEqual(await runs(3), await runs(4));
});

Deno.test("an input is made short without becoming another fault's", async () => {
  const target: FuzzTarget = {
    ...BURIED,
    run(input) {
      const text = textOf(input);
      if (!text.includes("b")) throw new RangeError("another");
      if (text.includes("a")) throw new TypeError("this one");
    },
  };
  const input = bytesOf("xxxxxaxxxxxxxxxxbxxxxx");
  const least = await minimised(target, { input, error: thrownBy(target, input) });
  assert.equal(textOf(least.input), "ab");
});

function thrownBy(target: FuzzTarget, input: Uint8Array): Error {
  try {
    target.run(input, () => {});
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

Deno.test("faults are told apart by what was thrown and where", () => {
  const [one, other] = [new TypeError("x"), new TypeError("x")];
  assert.notEqual(faultOf(one), faultOf(new RangeError("x")));
  assert.match(faultOf(other), /^TypeError tests\/fuzz\/fuzzer_test\.ts:/);
});

Deno.test("only the protocol's error counts as a refusal", () => {
  const refuse = (error: Error) =>
    readOrRefuse(() => {
      throw error;
    }, () => {});
  assert.equal(refuse(new RemoteProtocolError("bad_name")), null);
  assert.throws(() => refuse(new SyntaxError("x")), SyntaxError);
});

Deno.test("a corpus keeps what is added, by its content", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assert.deepEqual(corpusOf("some", folder), []);
    const path = addToCorpus("some", "failed", bytesOf("ab"), folder);
    assert.equal(addToCorpus("some", "failed", bytesOf("ab"), folder), path);
    await Deno.writeTextFile(join(folder, "some", "notes.txt"), "no input");
    assert.deepEqual(corpusOf("some", folder), [{ path, input: bytesOf("ab") }]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a script is read as it was written, and any bytes are a script", () => {
  const rest = Uint8Array.of(0, 10, 92, 255);
  assert.deepEqual(stepsOf(scriptOf("a12", ["b0?", rest])), [
    { operation: "a", who: 1, value: 2, rest: new Uint8Array(0) },
    { operation: "b", who: 0, value: 15, rest },
  ]);
  assert.deepEqual(stepsOf(bytesOf("\n\nx\n")), [
    { operation: "x", who: 0, value: 0, rest: new Uint8Array(0) },
  ]);
  const table = { a: 1, b: 2 };
  assert.equal(operationOf({ operation: "b", who: 0, value: 0, rest }, table), 2);
  assert.ok(operationOf({ operation: "?", who: 0, value: 0, rest }, table) > 0);
});

Deno.test("changed JSON is JSON, and what stands before it stays", () => {
  const random = seededRandom(1);
  const other = bytesOf('{"other":true}');
  for (let n = 0; n < 500; n += 1) {
    const text = textOf(jsonMutated(bytesOf('l00{"a":{"b":[1,2]},"c":"d"}'), other, random));
    assert.ok(text.startsWith("l00{"));
    assert.equal(typeof JSON.parse(text.slice(3)), "object");
  }
  assert.equal(textOf(jsonMutated(bytesOf("no { JSON"), other, random)), "no { JSON");
});
