import assert from "node:assert/strict";
import fc from "fast-check";
import { RemoteProtocolError } from "../../lib/base/errors.ts";
import { seededRandom } from "../../lib/base/random.ts";
import { parseJsonLine } from "../../lib/wire/json_line.ts";
import { LineDecoder } from "../../lib/wire/line_decoder.ts";
import { decodeForPeople, decodeText, encodeLine } from "../../lib/wire/text.ts";

const SETTINGS = { seed: 20_000, numRuns: 2000 } as const;
const RETURN = 0x0d;
const NEWLINE = 0x0a;

/** Streams with many terminators in all their forms. */
const streams = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0x61, 0x62, 0xff, 0x00) },
    { weight: 2, arbitrary: fc.constantFrom(RETURN, NEWLINE) },
  ),
  { maxLength: 60 },
).map((bytes) => Uint8Array.from(bytes));

/** Lines as text of bytes, `null` for one that was too long. */
type Lines = (string | null)[];

/** The plain way to cut a whole stream into lines, and what `finish` gives at its end. */
function naiveLines(stream: Uint8Array, limit: number): { lines: Lines; last: string | null } {
  const parts: number[][] = [[]];
  for (const byte of stream) {
    if (byte === NEWLINE) parts.push([]);
    else parts.at(-1)!.push(byte);
  }
  const rest = parts.pop()!;
  const whole = (part: number[]) => part.at(-1) === RETURN ? part.slice(0, -1) : part;
  const lines = parts.map((part) => whole(part).length > limit ? null : whole(part).join());
  if (whole(rest).length > limit) return { lines: [...lines, null], last: null };
  return { lines, last: rest.length === 0 ? null : whole(rest).join() };
}

/** The same through a {@link LineDecoder}, in chunks of the given lengths, over and over. */
function decodedLines(stream: Uint8Array, limit: number, lengths: readonly number[]) {
  const decoder = new LineDecoder(limit);
  // One buffer for all reads, as the runtime has it: what is kept must have been copied.
  const buffer = new Uint8Array(Math.max(...lengths));
  const lines: Lines = [];
  let at = 0;
  for (let i = 0; at < stream.length; i++) {
    const length = lengths[i % lengths.length]!;
    const part = stream.subarray(at, at + length);
    buffer.set(part);
    for (const line of decoder.push(buffer.subarray(0, part.length))) {
      lines.push(line.kind === "line" ? line.bytes.join() : null);
    }
    assert.ok(decoder.held <= limit + 1);
    buffer.fill(0x7a);
    at += length;
  }
  const last = decoder.finish();
  if (last === null) return { lines, last };
  assert.ok(last.kind === "line");
  return { lines, last: last.bytes.join() };
}

Deno.test("fuzz: the line decoder cuts as the plain splitter, in any chunks", () => {
  fc.assert(
    fc.property(
      streams,
      fc.integer({ min: 0, max: 12 }),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }),
      (stream, limit, lengths) => {
        assert.deepEqual(decodedLines(stream, limit, lengths), naiveLines(stream, limit));
      },
    ),
    SETTINGS,
  );
});

Deno.test("fuzz: lines that were encoded are decoded, with either terminator", () => {
  const text = fc.string({ unit: "binary", maxLength: 40 }).filter((text) => !text.includes("\n"));
  fc.assert(
    fc.property(fc.array(text), fc.constantFrom("\n" as const, "\r\n" as const), (lines, end) => {
      // Before a lone `\n`, a `\r` is part of the terminator.
      const sent = end === "\n" ? lines.map((line) => line.replace(/\r$/, "")) : lines;
      const decoder = new LineDecoder();
      const got = sent.flatMap((line) =>
        [...decoder.push(encodeLine(line, end))].map((one) =>
          one.kind === "line" ? decodeText(one.bytes) : null
        )
      );
      assert.deepEqual(got, sent.map((line) => line.replace(/\r$/, end === "\n" ? "" : "\r")));
    }),
    SETTINGS,
  );
});

Deno.test("fuzz: random bytes are text, or bad_utf8; people always see something", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
      const shown = decodeForPeople(bytes);
      try {
        assert.equal(decodeText(bytes), shown);
      } catch (error) {
        assert.ok(error instanceof RemoteProtocolError && error.code === "bad_utf8", String(error));
        assert.ok(shown.includes("\ufffd"));
      }
    }),
    SETTINGS,
  );
});

Deno.test("fuzz: any JSON object comes back from its line", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
      const line = JSON.stringify(object);
      assert.deepEqual(parseJsonLine(new TextEncoder().encode(line)), JSON.parse(line));
    }),
    SETTINGS,
  );
});

Deno.test("fuzz: random and broken JSON raises only the protocol's error", () => {
  const random = seededRandom(5000);
  const line = new TextEncoder().encode('{"a":[1,2.5e3,"\\u00e9\\n",null,true,{"b":{}}],"ttl":-1}');
  for (let i = 0; i < 5000; i++) {
    const bytes = line.slice(0, Math.floor(random() * (line.length + 1)));
    for (let n = Math.floor(random() * 3); n > 0 && bytes.length > 0; n--) {
      bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    }
    try {
      assert.equal(typeof parseJsonLine(bytes), "object");
    } catch (error) {
      assert.ok(error instanceof RemoteProtocolError, String(error));
      assert.ok(error.code === "empty" || error.code === "invalid_json");
    }
  }
});
