import { strict as assert } from "node:assert";
import { EditBuffer } from "../../../lib/terminal/console/edit_buffer.ts";

/** The text with `|` where the cursor is. */
function shown(buffer: EditBuffer): string {
  return buffer.before.join("") + "|" + buffer.after.join("");
}

Deno.test("characters of several code points are one", () => {
  const buffer = new EditBuffer(100, "a👩‍👩‍👧e\u0301🇵🇹");
  for (const expected of ["a👩‍👩‍👧e\u0301|🇵🇹", "a👩‍👩‍👧|e\u0301🇵🇹", "a|👩‍👩‍👧e\u0301🇵🇹"]) {
    buffer.move(-1);
    assert.equal(shown(buffer), expected);
  }
  buffer.delete(1);
  assert.equal(shown(buffer), "a|e\u0301🇵🇹");
  buffer.toEnd();
  buffer.delete(-1);
  assert.equal(shown(buffer), "ae\u0301|");
});

Deno.test("what is inserted joins its neighbours", () => {
  const buffer = new EditBuffer(100, "ex");
  buffer.move(-1);
  buffer.insert("\u0301");
  assert.equal(shown(buffer), "e\u0301|x");
  assert.equal(buffer.before.length, 1);
  buffer.insert("yz");
  assert.equal(shown(buffer), "e\u0301yz|x");
});

Deno.test("words", () => {
  const buffer = new EditBuffer(100, "one  two three");
  buffer.moveWord(-1);
  buffer.moveWord(-1);
  assert.equal(shown(buffer), "one  |two three");
  buffer.moveWord(1);
  assert.equal(shown(buffer), "one  two| three");
  buffer.deleteWord(-1);
  assert.equal(shown(buffer), "one  | three");
  buffer.deleteWord(1);
  assert.equal(shown(buffer), "one  |");
  buffer.moveWord(1);
  buffer.deleteToStart();
  assert(buffer.isEmpty);
});

Deno.test("at the edges nothing happens", () => {
  const buffer = new EditBuffer(100, "ab");
  buffer.move(5);
  buffer.delete(1);
  buffer.moveWord(1);
  buffer.deleteToEnd();
  assert.equal(shown(buffer), "ab|");
  buffer.toStart();
  buffer.delete(-1);
  buffer.moveWord(-1);
  buffer.deleteToStart();
  assert.equal(shown(buffer), "|ab");
  buffer.deleteToEnd();
  assert.equal(shown(buffer), "|");
});

Deno.test("what has no room is left out, no half of a character", () => {
  const buffer = new EditBuffer(4);
  assert.equal(buffer.insert("abc"), true);
  assert.equal(buffer.insert("😀"), false);
  assert.equal(buffer.text, "abc");
  assert.equal(buffer.insert("de"), false);
  assert.equal(buffer.text, "abcd");
  buffer.set("");
  assert.equal(buffer.insert("wxyz"), true);
});
