import {
  CHUNK_BYTES,
  chunkLength,
  chunksOf,
  pieceLength,
  piecesOf,
} from "../protocol/music/transfer_geometry.ts";
import { TRANSFER_LIMITS } from "./transfer_limits.ts";

/** Entries of the queue of lost chunks that are taken out together. */
const COMPACT = 1024;

/** A piece that is being sent: its bytes stay until all of them have arrived. */
interface HeldPiece {
  readonly length: number;
  readonly chunks: number;
  /** Null until it has been read, and again when all of it has arrived. */
  bytes: Uint8Array | null;
  /** 1 for each chunk that has arrived. */
  readonly arrived: Uint8Array;
  missing: number;
}

/** A chunk to be sent. */
export interface Chunk {
  readonly piece: number;
  readonly chunk: number;
  readonly bytes: Uint8Array;
}

/**
 * What a source sends of a file, in order, and what it has to send again. It holds a bounded number
 * of pieces, reads a few ahead, and forgets a piece when the listener has it.
 */
export class OutgoingPieces {
  readonly #held = new Map<number, HeldPiece>();
  readonly #count: number;
  readonly #again: { readonly piece: number; readonly chunk: number }[] = [];
  #againAt = 0;
  /** Next chunk that has never been sent. */
  #piece: number;
  #chunk = 0;
  /** Next piece to be read. */
  #read: number;
  /** The listener's last word: what it wants no more, and up to where it can take. */
  #base: number;
  #have = 0;
  #credit: number;

  /** @param first the piece that the listener wants first */
  constructor(readonly size: number, first: number) {
    this.#count = piecesOf(size);
    this.#piece = first;
    this.#read = first;
    this.#base = first;
    this.#credit = Math.min(this.#count, first + 1);
  }

  /** Pieces that are held, read or being read. */
  get held(): number {
    return this.#held.size;
  }

  /** The piece that is to be read next, or null; it counts as being read from now on. */
  nextRead(): number | null {
    const { heldPieces, readAhead } = TRANSFER_LIMITS;
    for (; this.#read < this.#credit; this.#read++) {
      if (!this.#wanted(this.#read)) continue;
      if (this.#held.size >= heldPieces || this.#read >= this.#piece + readAhead) return null;
      const length = pieceLength(this.size, this.#read);
      const chunks = chunksOf(length);
      const arrived = new Uint8Array(chunks);
      this.#held.set(this.#read, { length, chunks, bytes: null, arrived, missing: chunks });
      return this.#read++;
    }
    return null;
  }

  /** A piece has been read. One that is no longer wanted is let go. */
  wasRead(piece: number, bytes: Uint8Array): void {
    const held = this.#held.get(piece);
    if (held !== undefined) held.bytes = bytes;
  }

  /** Bytes of a piece as it has to be. */
  lengthOf(piece: number): number {
    return pieceLength(this.size, piece);
  }

  /** Takes a listener's word on what it has and what it can take. */
  wants(base: number, have: number, credit: number): void {
    // A word that was overtaken says less than one that came before it.
    if (base < this.#base) return;
    this.#have = base === this.#base ? this.#have | have : have;
    this.#base = base;
    this.#credit = Math.max(this.#credit, Math.min(this.#count, credit));
    if (this.#piece < base) {
      this.#piece = Math.min(this.#count, base);
      this.#chunk = 0;
    }
    this.#read = Math.max(this.#read, this.#piece);
    for (const piece of this.#held.keys()) {
      if (!this.#wanted(piece)) this.#held.delete(piece);
    }
  }

  /** A chunk has arrived. */
  arrived(piece: number, chunk: number): void {
    const held = this.#held.get(piece);
    if (held === undefined || held.arrived[chunk] !== 0) return;
    held.arrived[chunk] = 1;
    held.missing -= 1;
    if (held.missing === 0) held.bytes = null;
  }

  /** A chunk was lost and is to be sent again, before anything new. */
  lost(piece: number, chunk: number): void {
    this.#again.push({ piece, chunk });
  }

  /** The next chunk to send and whether it was sent before, or null where there is none now. */
  next(): (Chunk & { readonly again: boolean }) | null {
    while (this.#againAt < this.#again.length) {
      const { piece, chunk } = this.#again[this.#againAt]!;
      this.#againAt += 1;
      if (this.#againAt >= COMPACT || this.#againAt === this.#again.length) {
        this.#again.splice(0, this.#againAt);
        this.#againAt = 0;
      }
      const held = this.#held.get(piece);
      if (held === undefined || held.bytes === null || held.arrived[chunk] !== 0) continue;
      return { piece, chunk, bytes: chunkOf(held, chunk), again: true };
    }
    while (this.#piece < this.#credit) {
      const held = this.#held.get(this.#piece);
      if (held === undefined && this.#wanted(this.#piece)) return null;
      if (held === undefined || this.#chunk >= held.chunks) {
        this.#piece += 1;
        this.#chunk = 0;
        continue;
      }
      if (held.bytes === null) return null;
      const [piece, chunk] = [this.#piece, this.#chunk++];
      return { piece, chunk, bytes: chunkOf(held, chunk), again: false };
    }
    return null;
  }

  #wanted(piece: number): boolean {
    const bit = piece - this.#base - 1;
    if (bit < -1) return false;
    return bit < 0 || bit > 31 || ((this.#have >>> bit) & 1) === 0;
  }
}

function chunkOf({ bytes, length }: HeldPiece, chunk: number): Uint8Array {
  const from = chunk * CHUNK_BYTES;
  return bytes!.subarray(from, from + chunkLength(length, chunk));
}
