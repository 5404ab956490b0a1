import assert from "node:assert/strict";
import { catalogueFile, readCatalogueFile } from "../../../lib/protocol/music.ts";
import { BARE, SUITE } from "../../vectors/music.ts";

Deno.test("a file's entry is its JSON text", () => {
  for (const file of [SUITE, BARE]) {
    assert.deepEqual(readCatalogueFile(JSON.parse(JSON.stringify(file))), file);
    assert.deepEqual(catalogueFile(file), file);
  }
});

for (
  const [what, text, sent] of [
    ["control characters become blanks", "a\tb\u001b[2J", "a b [2J"],
    ["line ends go at the edges", "\r\nAna\u2028", "Ana"],
    ["half a pair goes", "x\ud83d", "x"],
    ["a long text is cut", "a".repeat(300), "a".repeat(255)],
    ["a pair is not cut through", `${"a".repeat(254)}😀`, "a".repeat(254)],
    ["a pair that fits stays", `${"a".repeat(253)}😀b`, `${"a".repeat(253)}😀`],
  ] as const
) {
  Deno.test(`texts of names and tags are made fit to be sent: ${what}`, () => {
    const file = catalogueFile({ ...SUITE, name: text, title: text, artist: text });
    assert.deepEqual(file, { ...SUITE, name: sent, title: sent, artist: sent });
    assert.deepEqual(readCatalogueFile(file), file);
  });
}

Deno.test("a file without a name that can be sent gets one, and a wrong time is not known", () => {
  const file = catalogueFile({ ...SUITE, name: "\u0001\u0002", title: "\0", seconds: NaN });
  assert.deepEqual(file, { ...SUITE, name: SUITE.id.slice(0, 8), title: "", seconds: null });
  assert.equal(catalogueFile({ ...SUITE, seconds: Infinity }).seconds, null);
  assert.equal(catalogueFile({ ...SUITE, seconds: -1 }).seconds, null);
  assert.equal(catalogueFile({ ...SUITE, seconds: 0 }).seconds, 0);
});
