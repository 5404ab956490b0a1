import assert from "node:assert/strict";
import fc from "fast-check";
import { folded, Haystack, wordsOf } from "../../lib/directory/catalogue_search.ts";
import { song } from "./catalogue_probe.ts";

Deno.test("search: a folded text is at most three times as long, and folds to itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      const once = folded(text);
      assert.ok(once.length <= 3 * text.length, JSON.stringify(text));
      assert.equal(folded(once), once);
      assert.ok(!once.includes("\n") || text.includes("\n"));
    }),
    { seed: 8, numRuns: 3000 },
  );
  assert.equal(folded("ÀÉÎÕÜçñ ŠŽ İ"), "aeioucn sz i");
});

Deno.test("search: words are folded, each once, the longest first", () => {
  assert.deepEqual(wordsOf("  Sol \t água\u00a0SOL  e "), ["agua", "sol", "e"]);
  assert.deepEqual(wordsOf(""), []);
  assert.deepEqual(wordsOf(" \n "), []);
});

Deno.test("search: the next file from a number on, or none", () => {
  const titles = ["one sun", "two moons", "sun and moon", "", "moon"];
  const haystack = new Haystack(titles.map((title, i) => song(i, { title, name: "x" })));
  const all = (...words: string[]) => {
    const found: number[] = [];
    for (let at = haystack.next(words, 0); at >= 0; at = haystack.next(words, at + 1)) {
      found.push(at);
    }
    return found;
  };
  assert.deepEqual(all("sun"), [0, 2]);
  assert.deepEqual(all("moon"), [1, 2, 4]);
  assert.deepEqual(all("moon", "sun"), [2]);
  assert.deepEqual(all("artist"), [0, 1, 2, 3, 4]);
  assert.deepEqual(all("moon", "nothing"), []);
  assert.equal(haystack.next(["sun"], 99), -1);
  assert.equal(new Haystack([]).next(["sun"], 0), -1);
});

Deno.test("search: words agree on the files that a look at each file finds", () => {
  const word = fc.constantFrom("a", "b", "ab", "ba", "aab", "c");
  const title = fc.array(word, { maxLength: 3 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(
      fc.array(title, { maxLength: 12 }),
      fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
      (titles, words) => {
        const files = titles.map((title, i) => song(i, { title, artist: "", name: "x" }));
        const haystack = new Haystack(files);
        const wanted = titles.flatMap((title, i) =>
          words.every((word) => title.includes(word)) ? [i] : []
        );
        const found: number[] = [];
        for (let at = haystack.next(words, 0); at >= 0; at = haystack.next(words, at + 1)) {
          found.push(at);
        }
        assert.deepEqual(found, wanted);
      },
    ),
    { seed: 6, numRuns: 2000 },
  );
});
