import assert from "node:assert/strict";
import { IncomingPieces } from "../../lib/music/incoming_pieces.ts";
import { TRANSFER_LIMITS } from "../../lib/music/transfer_limits.ts";
import {
  CHUNK_BYTES,
  chunkLength,
  chunksOf,
  PIECE_BYTES,
  pieceLength,
} from "../../lib/protocol/music/transfer_geometry.ts";

const SIZE = 40 * PIECE_BYTES + 100;

function take(pieces: IncomingPieces, piece: number): void {
  const length = pieceLength(pieces.size, piece);
  for (let chunk = 0; chunk < chunksOf(length); chunk++) {
    const bytes = new Uint8Array(chunkLength(length, chunk)).fill(piece);
    assert.notEqual(pieces.take(piece, chunk, bytes), "wrong");
  }
}

function begun(have: Iterable<number> = []): IncomingPieces {
  const pieces = new IncomingPieces(SIZE, have);
  pieces.begin(0);
  return pieces;
}

Deno.test("incoming pieces: are given out in order, verified, once", () => {
  const pieces = begun();
  assert.equal(pieces.credit, TRANSFER_LIMITS.windowPieces);
  take(pieces, 1);
  assert.deepEqual(pieces.unverified().map(({ piece }) => piece), [1]);
  pieces.verified(1);
  assert.equal(pieces.next(), null, "0 is missing");
  assert.equal(pieces.base, 0);
  assert.equal(pieces.have & 1, 1);
  take(pieces, 0);
  assert.equal(pieces.base, 2);
  assert.equal(pieces.next(), null, "0 is not verified");
  pieces.verified(0);
  assert.equal(pieces.next()?.piece, 0);
  const second = pieces.next();
  assert.equal(second?.piece, 1);
  assert.equal(second?.bytes.length, PIECE_BYTES);
  assert.ok(second?.bytes.every((byte) => byte === 1));
  assert.equal(pieces.next(), null);
  assert.equal(pieces.givenBytes, 2 * PIECE_BYTES);
  assert.equal(pieces.take(0, 0, new Uint8Array(CHUNK_BYTES)), "useless");
});

Deno.test("incoming pieces: what the file does not have is wrong, copies are useless", () => {
  const pieces = begun();
  const chunk = new Uint8Array(CHUNK_BYTES);
  assert.equal(pieces.take(0, 0, chunk), "taken");
  assert.equal(pieces.take(0, 0, chunk), "useless");
  assert.equal(pieces.take(0, 1, chunk.subarray(1)), "wrong");
  assert.equal(pieces.take(40, 0, chunk), "wrong", "the last piece has 100 bytes");
  assert.equal(pieces.take(41, 0, chunk), "wrong");
  assert.equal(pieces.take(2 ** 32 - 1, 0, chunk), "wrong");
  assert.equal(pieces.take(33, 0, chunk), "useless", "there is no credit for it");
});

Deno.test("incoming pieces: the window closes until pieces are stored", () => {
  const pieces = begun();
  for (let piece = 0; piece < 10; piece++) {
    take(pieces, piece);
    pieces.verified(piece);
    assert.equal(pieces.next()?.piece, piece);
  }
  assert.equal(pieces.credit, 32, "nothing is stored");
  for (let piece = 0; piece < 4; piece++) pieces.stored(piece);
  pieces.stored(3);
  assert.equal(pieces.credit, 36);
});

Deno.test("incoming pieces: what is there already is left out", () => {
  const pieces = begun([0, 1, 3, 40, 77, -1]);
  assert.equal(pieces.missing, 41 - 4);
  assert.equal(pieces.givenBytes, 3 * PIECE_BYTES + 100);
  assert.equal(pieces.base, 2);
  assert.equal(pieces.have & 0b11, 0b01);
  take(pieces, 2);
  assert.equal(pieces.base, 4);
});

Deno.test("incoming pieces: from the middle to the end, and then from the beginning", () => {
  const pieces = begun();
  pieces.begin(39);
  for (const piece of [39, 40]) {
    take(pieces, piece);
    pieces.verified(piece);
    assert.equal(pieces.next()?.piece, piece);
  }
  assert.ok(pieces.atEnd);
  assert.equal(pieces.base, 41);
  pieces.begin(pieces.count);
  assert.equal(pieces.base, 0);
  assert.equal(pieces.missing, 39);
});

Deno.test("incoming pieces: what is not verified is forgotten, the rest stays", () => {
  const pieces = begun();
  for (const piece of [1, 2]) take(pieces, piece);
  pieces.take(0, 0, new Uint8Array(CHUNK_BYTES));
  pieces.verified(2);
  pieces.forgetUnverified();
  assert.equal(pieces.base, 0);
  assert.equal(pieces.have & 0b11, 0b10);
  assert.deepEqual(pieces.unverified(), []);
  assert.equal(pieces.take(0, 0, new Uint8Array(CHUNK_BYTES)), "taken");
});
