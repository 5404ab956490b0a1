import assert from "node:assert/strict";
import { LIMITS } from "../../lib/base/limits.ts";
import { LineDecoder } from "../../lib/wire/line_decoder.ts";

const LIMIT = 8;
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (line: Uint8Array) => new TextDecoder().decode(line);

/** What chunks are cut into: the text of each line, or `null` for one that was too long. */
function linesOf(decoder: LineDecoder, ...chunks: readonly string[]): (string | null)[] {
  const lines: (string | null)[] = [];
  for (const chunk of chunks) {
    for (const line of decoder.push(bytes(chunk))) {
      lines.push(line.kind === "line" ? text(line.bytes) : null);
      if (line.kind === "too_long") assert.equal(line.limit, decoder.limit);
    }
  }
  return lines;
}

interface Case {
  readonly what: string;
  readonly stream: string;
  /** The lines, `null` for one that was too long. */
  readonly lines: readonly (string | null)[];
  /** What `finish` gives: the text of the last line, or null for nothing. */
  readonly last?: string;
}

const CASES: readonly Case[] = [
  { what: "nothing", stream: "", lines: [] },
  { what: "\\n", stream: "a\nb\n", lines: ["a", "b"] },
  { what: "\\r\\n", stream: "a\r\nb\r\n", lines: ["a", "b"] },
  { what: "both terminators mixed", stream: "a\r\nb\nc\r\n", lines: ["a", "b", "c"] },
  { what: "empty lines", stream: "\n\r\n\n", lines: ["", "", ""] },
  { what: "a lone \\r inside a line", stream: "a\rb\n", lines: ["a\rb"] },
  { what: "a lone \\r at the start", stream: "\ra\n", lines: ["\ra"] },
  { what: "\\r\\r\\n: one \\r belongs to the line", stream: "a\r\r\n", lines: ["a\r"] },
  { what: "\\n\\r: the \\r starts the next line", stream: "a\n\rb\n", lines: ["a", "\rb"] },
  { what: "NUL is a byte like others", stream: "a\0b\n", lines: ["a\0b"] },
  { what: "an unfinished line", stream: "a\nbc", lines: ["a"], last: "bc" },
  { what: "an unfinished line that ends in \\r", stream: "abc\r", lines: [], last: "abc" },
  { what: "a \\r alone at the end", stream: "\r", lines: [], last: "" },
  { what: "one byte less than the limit", stream: "1234567\n", lines: ["1234567"] },
  { what: "exactly the limit and \\n", stream: "12345678\n", lines: ["12345678"] },
  { what: "exactly the limit and \\r\\n", stream: "12345678\r\n", lines: ["12345678"] },
  { what: "exactly the limit, unfinished", stream: "12345678", lines: [], last: "12345678" },
  { what: "exactly the limit and \\r", stream: "12345678\r", lines: [], last: "12345678" },
  { what: "limit + 1 and \\n", stream: "123456789\na\n", lines: [null, "a"] },
  { what: "limit + 1 and \\r\\n", stream: "123456789\r\na\n", lines: [null, "a"] },
  { what: "limit, \\r and no \\n", stream: "12345678\r9\na\n", lines: [null, "a"] },
  { what: "limit and \\r\\r\\n", stream: "12345678\r\r\na\n", lines: [null, "a"] },
  { what: "limit with \\r as its last byte", stream: "1234567\r\r\n", lines: ["1234567\r"] },
  { what: "limit + 1, unfinished: told at once", stream: "123456789", lines: [null] },
  {
    what: "far over the limit, skipped",
    stream: "x".repeat(99) + "\nKEEP\n",
    lines: [null, "KEEP"],
  },
  {
    what: "two over-long lines",
    stream: "x".repeat(20) + "\n" + "y".repeat(20) + "\r\na\n",
    lines: [null, null, "a"],
  },
  {
    what: "an over-long line and an empty one",
    stream: "x".repeat(9) + "\n\n",
    lines: [null, ""],
  },
  {
    what: "characters of several bytes count by bytes",
    stream: "éééé\nééééé\n",
    lines: ["éééé", null],
  },
];

for (const { what, stream, lines, last = null } of CASES) {
  const finished = (decoder: LineDecoder) => {
    const line = decoder.finish();
    if (line === null) return null;
    assert.ok(line.kind === "line");
    return text(line.bytes);
  };

  Deno.test(`line decoder: ${what}`, () => {
    const decoder = new LineDecoder(LIMIT);
    assert.deepEqual(linesOf(decoder, stream), lines);
    assert.equal(finished(decoder), last);
    assert.equal(decoder.held, 0);
  });

  Deno.test(`line decoder: ${what}, cut in two anywhere and byte by byte`, () => {
    const whole = bytes(stream);
    const cuts = [...whole.keys()].map((at) => [whole.subarray(0, at), whole.subarray(at)]);
    for (const chunks of [...cuts, [...whole].map((byte) => Uint8Array.of(byte))]) {
      const decoder = new LineDecoder(LIMIT);
      const found: (string | null)[] = [];
      for (const chunk of chunks) {
        for (const line of decoder.push(chunk)) {
          found.push(line.kind === "line" ? text(line.bytes) : null);
        }
        assert.ok(decoder.held <= LIMIT + 1);
      }
      assert.deepEqual(found, lines);
      assert.equal(finished(decoder), last);
    }
  });
}

Deno.test("line decoder: an over-long line is told as soon as it is known, and once", () => {
  const decoder = new LineDecoder(LIMIT);
  assert.deepEqual(linesOf(decoder, "12345678"), []);
  assert.deepEqual(linesOf(decoder, "9"), [null]);
  assert.deepEqual(linesOf(decoder, "more", "and more", "\r"), []);
  assert.equal(decoder.held, 0);
  assert.deepEqual(linesOf(decoder, "\nKEEP\n"), ["KEEP"]);
});

Deno.test("line decoder: a line of limit and \\r waits for the byte after it", () => {
  const decoder = new LineDecoder(LIMIT);
  assert.deepEqual(linesOf(decoder, "12345678\r"), []);
  assert.equal(decoder.held, LIMIT + 1);
  assert.deepEqual(linesOf(decoder, "\n"), ["12345678"]);
});

Deno.test("line decoder: the end of the stream inside an over-long line gives nothing more", () => {
  const decoder = new LineDecoder(LIMIT);
  assert.deepEqual(linesOf(decoder, "x".repeat(50)), [null]);
  assert.equal(decoder.finish(), null);
});

Deno.test("line decoder: finish twice gives the last line once", () => {
  const decoder = new LineDecoder(LIMIT);
  assert.deepEqual(linesOf(decoder, "abc"), []);
  assert.deepEqual(decoder.finish(), { kind: "line", bytes: bytes("abc"), unended: true });
  assert.equal(decoder.finish(), null);
});

Deno.test("line decoder: a last line with half of its terminator is all of it", () => {
  const decoder = new LineDecoder(LIMIT);
  assert.deepEqual(linesOf(decoder, "abc\r"), []);
  assert.deepEqual(decoder.finish(), { kind: "line", bytes: bytes("abc") });
});

Deno.test("line decoder: what it holds does not grow with a line that never ends", () => {
  const decoder = new LineDecoder(1000);
  let told = 0;
  for (let i = 0; i < 1000; i++) {
    for (const line of decoder.push(bytes("x".repeat(77)))) if (line.kind === "too_long") told += 1;
    assert.ok(decoder.held <= 1001);
  }
  assert.equal(told, 1);
  assert.equal(decoder.held, 0);
});

Deno.test("line decoder: what it holds is its own, not the chunk that is used again", () => {
  const decoder = new LineDecoder(LIMIT);
  const chunk = bytes("abcd");
  assert.deepEqual([...decoder.push(chunk)], []);
  chunk.fill(0x7a);
  assert.deepEqual(linesOf(decoder, "\n"), ["abcd"]);
});

Deno.test("line decoder: KEEPLIST is one line", () => {
  assert.deepEqual(linesOf(new LineDecoder(), "KEEP", "LIST\r\n"), ["KEEPLIST"]);
});

Deno.test("line decoder: the usual limit is that of JSON lines, 32,768 bytes", () => {
  const decoder = new LineDecoder();
  assert.equal(decoder.limit, 32_768);
  const most = "x".repeat(LIMITS.jsonLineBytes);
  assert.deepEqual(linesOf(decoder, `${most}\r\n`, `${most}x\r\n`), [most, null]);
});
