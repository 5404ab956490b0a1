import assert from "node:assert/strict";
import {
  chunkLength,
  chunksOf,
  PIECE_BYTES,
  pieceLength,
  piecesOf,
} from "../../../lib/protocol/music/transfer_geometry.ts";

Deno.test("transfer geometry: pieces and chunks cover a file without gap or overlap", () => {
  for (const size of [0, 1, 1175, 1176, 1177, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 1e6]) {
    let total = 0;
    for (let piece = 0; piece < piecesOf(size); piece++) {
      const length = pieceLength(size, piece);
      assert.ok(length > 0 && length <= PIECE_BYTES);
      for (let chunk = 0; chunk < chunksOf(length); chunk++) {
        assert.ok(chunkLength(length, chunk) > 0);
        total += chunkLength(length, chunk);
      }
      assert.equal(chunkLength(length, chunksOf(length)), 0);
    }
    assert.equal(total, size);
    assert.equal(pieceLength(size, piecesOf(size)), 0);
  }
});
