import assert from "node:assert/strict";
import { id3Bytes, isId3v1 } from "../../../lib/media/music/id3_tag.ts";

const TAG = [0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0x02, 0x01];

Deno.test("ID3 tag: its bytes, with head and foot", () => {
  assert.equal(id3Bytes(Uint8Array.from(TAG)), 10 + 257);
  assert.equal(id3Bytes(Uint8Array.from(TAG).with(5, 0x10)), 20 + 257);
  assert.equal(id3Bytes(Uint8Array.from([9, ...TAG]), 1), 267);
});

Deno.test("ID3 tag: what is none", () => {
  assert.equal(id3Bytes(Uint8Array.from(TAG.slice(0, 9))), 0);
  assert.equal(id3Bytes(Uint8Array.from(TAG).with(0, 0x48)), 0);
  assert.equal(id3Bytes(Uint8Array.from(TAG).with(9, 0x81)), 0);
});

Deno.test("ID3 tag: the old one", () => {
  assert.ok(isId3v1(new TextEncoder().encode("xTAG"), 1));
  assert.ok(!isId3v1(new TextEncoder().encode("xTAG"), 0));
});
