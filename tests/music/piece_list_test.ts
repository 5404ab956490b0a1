import assert from "node:assert/strict";
import { PieceList } from "../../lib/music/piece_list.ts";
import { PIECE_BYTES } from "../../lib/protocol/music/transfer_geometry.ts";
import { newHasher, sampleFile } from "./sim/sample_file.ts";

const FILE = sampleFile(50 * PIECE_BYTES + 1);
const { digests } = FILE.shared;
const VOUCHED = Uint8Array.fromHex(FILE.pieces);

Deno.test("piece list: is complete when all of it has come, in whatever order", () => {
  const list = new PieceList(51, VOUCHED, newHasher);
  assert.equal(list.take(36, digests.subarray(36 * 32)), "taken");
  assert.equal(list.take(36, digests.subarray(36 * 32)), "taken");
  assert.equal(list.complete, false);
  assert.equal(list.take(0, digests.subarray(0, 36 * 32)), "complete");
  assert.ok(list.matches(50, FILE.bytes.subarray(50 * PIECE_BYTES)));
  assert.ok(!list.matches(49, FILE.bytes.subarray(50 * PIECE_BYTES)));
});

Deno.test("piece list: one that the catalogue does not vouch for is wrong", () => {
  const list = new PieceList(51, VOUCHED, newHasher);
  const other = digests.slice();
  other[40]! ^= 1;
  list.take(0, other.subarray(0, 36 * 32));
  assert.equal(list.take(36, other.subarray(36 * 32)), "wrong");
  list.reset();
  assert.equal(list.complete, false);
  list.take(0, digests.subarray(0, 36 * 32));
  assert.equal(list.take(36, digests.subarray(36 * 32)), "complete");
});

Deno.test("piece list: where nobody vouches, any is taken", () => {
  const list = new PieceList(2, null, newHasher);
  assert.equal(list.take(0, digests.subarray(0, 64)), "complete");
});

Deno.test("piece list: parts that are none are wrong", () => {
  const list = new PieceList(51, VOUCHED, newHasher);
  assert.equal(list.take(1, digests.subarray(0, 36 * 32)), "wrong");
  assert.equal(list.take(0, digests.subarray(0, 35 * 32)), "wrong");
  assert.equal(list.take(36, digests.subarray(0, 36 * 32)), "wrong");
  assert.equal(list.take(72, digests.subarray(0, 32)), "wrong");
});
