import assert from "node:assert/strict";
import { OutgoingPieces } from "../../lib/music/outgoing_pieces.ts";
import { TRANSFER_LIMITS } from "../../lib/music/transfer_limits.ts";
import { CHUNKS_PER_PIECE, PIECE_BYTES } from "../../lib/protocol/music/transfer_geometry.ts";

const SIZE = 100 * PIECE_BYTES;

function readAll(pieces: OutgoingPieces): number[] {
  const read: number[] = [];
  for (let piece; (piece = pieces.nextRead()) !== null;) {
    read.push(piece);
    pieces.wasRead(piece, new Uint8Array(pieces.lengthOf(piece)));
  }
  return read;
}

/** The next `count` chunks, as piece and chunk. */
function chunks(pieces: OutgoingPieces, count: number): string[] {
  return Array.from({ length: count }, () => {
    const next = pieces.next();
    return next === null ? "-" : `${next.piece}/${next.chunk}${next.again ? " again" : ""}`;
  });
}

Deno.test("outgoing pieces: nothing but the first piece is read before any credit", () => {
  const pieces = new OutgoingPieces(SIZE, 7);
  assert.equal(pieces.next(), null);
  assert.deepEqual(readAll(pieces), [7]);
  assert.deepEqual(chunks(pieces, 2), ["7/0", "7/1"]);
});

Deno.test("outgoing pieces: a few are read ahead, never more than are held", () => {
  const pieces = new OutgoingPieces(SIZE, 0);
  pieces.wants(0, 0, 90);
  assert.deepEqual(readAll(pieces), [0, 1, 2]);
  for (let n = 0; n < 90 * CHUNKS_PER_PIECE; n++) {
    pieces.next();
    readAll(pieces);
  }
  assert.equal(pieces.held, TRANSFER_LIMITS.heldPieces);
  assert.equal(pieces.next(), null, "nothing has arrived");
  pieces.wants(3, 0, 90);
  assert.equal(pieces.held, TRANSFER_LIMITS.heldPieces - 3);
  assert.deepEqual(readAll(pieces), [32, 33, 34]);
});

Deno.test("outgoing pieces: what was lost goes again first, unless it came or is not wanted", () => {
  const pieces = new OutgoingPieces(SIZE, 0);
  pieces.wants(0, 0, 90);
  readAll(pieces);
  chunks(pieces, CHUNKS_PER_PIECE + 10);
  for (const chunk of [3, 5, 7]) pieces.lost(0, chunk);
  pieces.lost(1, 2);
  pieces.arrived(0, 5);
  assert.deepEqual(chunks(pieces, 2), ["0/3 again", "0/7 again"]);
  pieces.wants(0, 1, 90);
  assert.deepEqual(chunks(pieces, 1), ["2/0"], "piece 1 is not wanted any more");
});

Deno.test("outgoing pieces: an older word changes nothing, and what is had is stepped over", () => {
  const pieces = new OutgoingPieces(SIZE, 0);
  pieces.wants(4, 0b101, 20);
  pieces.wants(2, 0, 90);
  assert.deepEqual(readAll(pieces), [4, 6]);
  chunks(pieces, CHUNKS_PER_PIECE);
  assert.deepEqual(chunks(pieces, 1), ["6/0"]);
  pieces.wants(200, 0, 5);
  assert.equal(pieces.held, 0);
  assert.equal(pieces.next(), null);
  assert.equal(pieces.nextRead(), null);
});

Deno.test("outgoing pieces: the bytes of a piece that has arrived are let go", () => {
  const pieces = new OutgoingPieces(PIECE_BYTES, 0);
  readAll(pieces);
  chunks(pieces, CHUNKS_PER_PIECE);
  for (let chunk = 0; chunk < CHUNKS_PER_PIECE; chunk++) pieces.arrived(0, chunk);
  pieces.lost(0, 1);
  assert.equal(pieces.next(), null);
});
