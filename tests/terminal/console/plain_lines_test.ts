import { strict as assert } from "node:assert";
import { PlainLines } from "../../../lib/terminal/console/plain_lines.ts";

async function read(chunks: Uint8Array[], limit: number) {
  let cuts = 0;
  const lines = new PlainLines(ReadableStream.from(chunks), () => cuts++, limit);
  const found: string[] = [];
  for (let line; (line = await lines.next()) !== null;) found.push(line);
  return { found, cuts };
}

const VECTORS: [string, string[], number][] = [
  ["", [], 0],
  ["a", ["a"], 0],
  ["a\n", ["a"], 0],
  ["a\r\nb\n\n", ["a", "b", ""], 0],
  ["a\rb\n", ["a\rb"], 0],
  ["12345678\r\n", ["12345678"], 0],
  ["123456789\nx\n", ["12345678", "x"], 1],
  ["1234567😀\nx", ["1234567", "x"], 1],
  ["123456789abcdefghijk", ["12345678"], 1],
  ["日本\n", ["日本"], 0],
  // At the very end, a `\r` is half a terminator; one that a cut leaves is none.
  ["a\r", ["a"], 0],
  ["12345678\r", ["12345678"], 0],
  ["1234567\r\rx\r\ny", ["1234567\r", "y"], 1],
  // The mark at the beginning is no text, any other is.
  ["\ufeffa\n\ufeffb", ["a", "\ufeffb"], 0],
];

Deno.test("vectors, whole and byte by byte", async () => {
  for (const [text, found, cuts] of VECTORS) {
    const bytes = new TextEncoder().encode(text);
    assert.deepEqual(await read([bytes], 8), { found, cuts }, JSON.stringify(text));
    const single = Array.from(bytes, (byte) => new Uint8Array([byte]));
    assert.deepEqual(await read(single, 8), { found, cuts }, `${JSON.stringify(text)} by byte`);
  }
});

Deno.test("an input that fails has ended", async () => {
  const input = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Error("gone")),
  });
  assert.equal(await new PlainLines(input, () => {}).next(), null);
});
