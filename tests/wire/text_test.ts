import assert from "node:assert/strict";
import { decodeForPeople, decodeText, encodeLine, utf8Length } from "../../lib/wire/text.ts";
import { bytesOf, isRemoteError } from "../vectors/vector.ts";

/** Bytes that are not UTF-8, and what people see of them. */
const NOT_UTF8: readonly (readonly [what: string, bytes: number[], shown: string])[] = [
  ["a lone continuation byte", [0x61, 0x80], "a\ufffd"],
  ["a sequence cut short", [0x61, 0xe2, 0x82], "a\ufffd"],
  ["an overlong slash", [0xc0, 0xaf], "\ufffd\ufffd"],
  ["a surrogate", [0xed, 0xa0, 0x80], "\ufffd\ufffd\ufffd"],
  ["beyond U+10FFFF", [0xf4, 0x90, 0x80, 0x80], "\ufffd\ufffd\ufffd\ufffd"],
  ["0xff", [0xff], "\ufffd"],
];

for (const [what, bytes, shown] of NOT_UTF8) {
  Deno.test(`text: ${what} is bad_utf8, and shown as U+FFFD`, () => {
    assert.throws(() => decodeText(Uint8Array.from(bytes)), isRemoteError("bad_utf8"));
    assert.equal(decodeForPeople(Uint8Array.from(bytes)), shown);
  });
}

Deno.test("text: a line that failed leaves nothing behind for the next", () => {
  assert.throws(() => decodeText(Uint8Array.of(0xe2)), isRemoteError("bad_utf8"));
  assert.equal(decodeText(bytesOf("olá")), "olá");
});

Deno.test("text: a byte order mark is kept, as any other character", () => {
  assert.equal(decodeText(bytesOf("\ufeffa")), "\ufeffa");
  assert.equal(decodeForPeople(bytesOf("\ufeffa")), "\ufeffa");
});

Deno.test("text: a line is encoded with its terminator", () => {
  assert.deepEqual(encodeLine("olá", "\n"), bytesOf("olá\n"));
  assert.deepEqual(encodeLine("olá", "\r\n"), bytesOf("olá\r\n"));
  assert.deepEqual(encodeLine("", "\r\n"), bytesOf("\r\n"));
});

Deno.test("text: a line with a line break in it is a bug of ours", () => {
  assert.throws(() => encodeLine("a\nb", "\n"), TypeError);
  assert.throws(() => encodeLine("a\r\n", "\r\n"), TypeError);
});

Deno.test("text: length in UTF-8", () => {
  assert.equal(utf8Length(""), 0);
  assert.equal(utf8Length("aé世😀"), 1 + 2 + 3 + 4);
});
