import { strict as assert } from "node:assert";
import { en } from "../lib/terminal/messages/en.ts";

/** How many words of a page can stand for one gap of a sentence. */
const WORDS_IN_A_GAP = 6;

/** Whether words of a page say a sentence of the catalogue; `…` stands for anything left out. */
function says(page: readonly string[], sentence: readonly string[]): boolean {
  const [word, ...rest] = page;
  const [wanted, ...others] = sentence;
  if (word === undefined || wanted === undefined) return word === wanted;
  if (word === "…" && rest.length === 0) return true;
  if (word === wanted || word.includes("…")) return says(rest, others);
  if (!wanted.includes("{")) return false;
  return Array.from({ length: WORDS_IN_A_GAP }, (_, count) => page.slice(count + 1))
    .some((after) => says(after, others));
}

Deno.test("docs/reliability.md quotes sentences that the programs really say", async () => {
  const page = await Deno.readTextFile(new URL("../docs/reliability.md", import.meta.url));
  const sentences = Object.values(en).map((sentence) => sentence.split(" "));
  const quoted = [...page.matchAll(/`((?:✓ )?[A-Z✓…][^`]* [^`]*)`/g)].map(([, text]) => text!);
  const told = quoted.filter((text) => !/^[A-Z_]+ /.test(text));
  assert.ok(told.length > 30, `${told.length} sentences`);
  for (const text of told) {
    const words = text.replace(/^✓ /, "").split(" ");
    assert.ok(sentences.some((sentence) => says(words, sentence)), text);
  }
});
