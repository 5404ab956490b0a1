import { strict as assert } from "node:assert";
import { PasteSplitter } from "../../../lib/terminal/console/paste_splitter.ts";

const BYTES = "ab\x1b[200~one\ttwo\r\x1b[A\x1b[201~c\x1b[Ad";

/** What is told apart, neighbours of the same kind joined. */
function split(chunks: readonly string[]): [string, string][] {
  const splitter = new PasteSplitter();
  const joined: [string, string][] = [];
  for (const { kind, text } of chunks.flatMap((chunk) => [...splitter.push(chunk)])) {
    const last = joined.at(-1);
    if (last?.[0] === kind) last[1] += text;
    else joined.push([kind, text]);
  }
  return joined;
}

Deno.test("keys and pasted text, whole and cut anywhere", () => {
  const expected = [["keys", "ab"], ["pasted", "one\ttwo\r\x1b[A"], ["keys", "c\x1b[Ad"]];
  assert.deepEqual(split([BYTES]), expected);
  assert.deepEqual(split([...BYTES]), expected);
  for (let i = 1; i < BYTES.length; i++) {
    assert.deepEqual(split([BYTES.slice(0, i), BYTES.slice(i)]), expected, `cut at ${i}`);
  }
});
