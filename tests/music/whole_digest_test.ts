import assert from "node:assert/strict";
import { WholeDigest } from "../../lib/music/whole_digest.ts";
import { PIECE_BYTES } from "../../lib/protocol/music/transfer_geometry.ts";
import { newHasher, sampleFile } from "./sim/sample_file.ts";

const FILE = sampleFile(2 * PIECE_BYTES + 5);
const PIECES = [0, 1, 2].map((piece) =>
  FILE.bytes.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES)
);
const OPTIONS = { id: FILE.shared.id, hash: newHasher };

Deno.test("whole digest: tells a file by its pieces in order", () => {
  const right = new WholeDigest(OPTIONS);
  const wrong = new WholeDigest(OPTIONS);
  PIECES.forEach((bytes, piece) => right.take(piece, bytes));
  PIECES.forEach((_, piece) => wrong.take(piece, PIECES[0]!));
  assert.equal(right.end(3), "right");
  assert.equal(wrong.end(3), "wrong");
});

Deno.test("whole digest: says that it does not know where pieces came in another order", () => {
  const digest = new WholeDigest(OPTIONS);
  for (const piece of [1, 2, 0]) digest.take(piece, PIECES[piece]!);
  assert.equal(digest.end(3), "unknown");
});

Deno.test("whole digest: goes on from one that was begun", () => {
  const hasher = newHasher();
  hasher.update(PIECES[0]!);
  const digest = new WholeDigest({ ...OPTIONS, begun: { hasher, pieces: 1 } });
  for (const piece of [1, 2]) digest.take(piece, PIECES[piece]!);
  assert.equal(digest.end(3), "right");
});
