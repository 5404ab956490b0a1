import {
  CHUNK_BYTES,
  chunkLength,
  chunksOf,
  pieceLength,
  piecesOf,
} from "../protocol/music/transfer_geometry.ts";
import { TRANSFER_LIMITS } from "./transfer_limits.ts";

/** A piece on its way. */
interface Assembly {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** 1 for each chunk that is there. */
  readonly got: Uint8Array;
  missing: number;
  verified: boolean;
}

/** A piece in its turn. */
export interface WholePiece {
  readonly piece: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Puts chunks together to pieces and gives these out in order, from where the listener wants to
 * begin. What is under way, waits for its turn or waits to be stored never is more than a window.
 */
export class IncomingPieces {
  readonly count: number;
  readonly #assemblies = new Map<number, Assembly>();
  /** 1 for each piece that was given out or was there before. */
  readonly #given: Uint8Array;
  readonly #unstored = new Set<number>();
  #missing: number;
  #givenBytes = 0;
  /** Lowest piece from the beginning on that is neither given out nor whole. */
  #base = 0;
  /** Next piece to give out. */
  #turn = 0;
  #credit = 0;

  /** @param have the pieces that are there already */
  constructor(readonly size: number, have: Iterable<number>) {
    this.count = piecesOf(size);
    this.#given = new Uint8Array(this.count);
    this.#missing = this.count;
    for (const piece of have) this.#give(piece);
  }

  /** Pieces that have not been given out. */
  get missing(): number {
    return this.#missing;
  }

  /** The lowest piece that is wanted; {@link count} where there is none to the end. */
  get base(): number {
    return this.#base;
  }

  /** Whether everything from the beginning to the end of the file was given out. */
  get atEnd(): boolean {
    return this.#turn === this.count;
  }

  /** Bit n: piece `base + 1 + n` is not wanted. */
  get have(): number {
    let bits = 0;
    for (let n = 0; n < 32; n++) if (!this.#wants(this.#base + 1 + n)) bits |= 1 << n;
    return bits >>> 0;
  }

  /** Pieces below this may be sent; it never goes back while a stream lasts. */
  get credit(): number {
    const free = Math.max(0, TRANSFER_LIMITS.windowPieces - this.#unstored.size);
    this.#credit = Math.max(this.#credit, Math.min(this.count, this.#base + free));
    return this.#credit;
  }

  /** Bytes of pieces that were given out or were there before. */
  get givenBytes(): number {
    return this.#givenBytes;
  }

  /**
   * Begins at the first missing piece from `piece` on, or from the start of the file where there is
   * none; what was under way is forgotten.
   */
  begin(piece: number): void {
    this.#assemblies.clear();
    this.#turn = Math.min(piece, this.count);
    this.#skipGiven();
    if (this.#turn === this.count) {
      this.#turn = 0;
      this.#skipGiven();
    }
    this.#base = this.#turn;
    this.#open();
  }

  /** Forgets what is not verified: its source is gone or not to be believed. */
  forgetUnverified(): void {
    for (const [piece, { verified }] of this.#assemblies) {
      if (!verified) this.#assemblies.delete(piece);
    }
    this.#base = this.#turn;
    this.#advance();
    this.#open();
  }

  /**
   * Takes a chunk.
   *
   * @returns `whole` where it completes its piece, `useless` where it was there or is not wanted,
   *   `wrong` where the file has no such chunk
   */
  take(piece: number, chunk: number, bytes: Uint8Array): "taken" | "whole" | "useless" | "wrong" {
    const length = pieceLength(this.size, piece);
    if (bytes.length !== chunkLength(length, chunk)) return "wrong";
    if (piece >= this.credit || !this.#wants(piece)) return "useless";
    const assembly = this.#assemblies.get(piece) ?? this.#assemble(piece, length);
    if (assembly.got[chunk] !== 0) return "useless";
    assembly.bytes.set(bytes, chunk * CHUNK_BYTES);
    assembly.got[chunk] = 1;
    assembly.missing -= 1;
    if (assembly.missing > 0) return "taken";
    this.#advance();
    return "whole";
  }

  /** The pieces that are whole and not verified. */
  unverified(): WholePiece[] {
    const pieces: WholePiece[] = [];
    for (const [piece, { bytes, missing, verified }] of this.#assemblies) {
      if (missing === 0 && !verified) pieces.push({ piece, bytes });
    }
    return pieces;
  }

  /** A piece that is whole is what it should be. */
  verified(piece: number): void {
    this.#assemblies.get(piece)!.verified = true;
  }

  /** The next verified piece in its turn, given out from now on until it is `stored`; or null. */
  next(): WholePiece | null {
    const piece = this.#turn;
    const assembly = this.#assemblies.get(piece);
    if (assembly === undefined || !assembly.verified) return null;
    this.#assemblies.delete(piece);
    this.#unstored.add(piece);
    this.#give(piece);
    this.#skipGiven();
    return { piece, bytes: assembly.bytes };
  }

  /** The listener has stored a piece: it takes no more memory here. */
  stored(piece: number): void {
    this.#unstored.delete(piece);
  }

  #assemble(piece: number, length: number): Assembly {
    const chunks = chunksOf(length);
    const assembly = {
      ...{ bytes: new Uint8Array(length), got: new Uint8Array(chunks) },
      ...{ missing: chunks, verified: false },
    };
    this.#assemblies.set(piece, assembly);
    return assembly;
  }

  #give(piece: number): void {
    if (this.#given[piece] !== 0) return;
    this.#given[piece] = 1;
    this.#missing -= 1;
    this.#givenBytes += pieceLength(this.size, piece);
  }

  #wants(piece: number): boolean {
    if (piece < this.#base || this.#given[piece] !== 0) return false;
    return this.#assemblies.get(piece)?.missing !== 0;
  }

  /** A source sends the beginning of the first piece before it hears of any credit. */
  #open(): void {
    this.#credit = Math.min(this.count, this.#base + 1);
  }

  #advance(): void {
    while (this.#base < this.count && !this.#wants(this.#base)) this.#base += 1;
  }

  #skipGiven(): void {
    while (this.#turn < this.count && this.#given[this.#turn] !== 0) this.#turn += 1;
  }
}
