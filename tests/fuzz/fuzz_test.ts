/**
 * Every target for a moment: its seeds, its corpus, and new inputs from a fixed seed. For longer:
 * `deno task fuzz`.
 *
 * @module
 */
import assert from "node:assert/strict";
import { CORPUS, corpusOf } from "./corpus.ts";
import { failureOf } from "./fuzzer.ts";
import { search } from "./search.ts";
import { TARGETS } from "./targets.ts";

for (const target of TARGETS) {
  const { name, tries } = target;
  Deno.test(`fuzz: ${name}: what is kept in the corpus holds`, async () => {
    for (const { path, input } of corpusOf(name)) {
      const error = await failureOf(target, input);
      if (error !== null) throw new Error(path, { cause: error });
    }
  });

  Deno.test(`fuzz: ${name}: so do ${tries} new inputs`, async () => {
    const begun = target.seeds.length + corpusOf(name).length;
    const goOn = (runs: number) => runs < begun + tries;
    const { faults, behaviours } = await search(target, { seed: 1, goOn });
    const [fault] = faults;
    if (fault !== undefined) {
      throw new Error(`${JSON.stringify(String.fromCharCode(...fault.input))}\n${fault.stack}`);
    }
    assert.ok(behaviours > 1, "its inputs lead nowhere: it tests nothing");
  });
}

Deno.test("fuzz: every folder of the corpus is a target's, and the whole is small", () => {
  const names = TARGETS.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  let bytes = 0;
  for (const { name, isDirectory } of Deno.readDirSync(CORPUS)) {
    if (!isDirectory) continue;
    assert.ok(names.includes(name), `${name} is no target`);
    for (const { input } of corpusOf(name)) bytes += input.length;
  }
  assert.ok(bytes < 300_000, `${bytes} bytes`);
});
