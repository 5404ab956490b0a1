import { createHash } from "node:crypto";
import type { DownloadFault } from "../../music/library_status.ts";
import { PIECE_BYTES, pieceLength, piecesOf } from "../../protocol/music/transfer_geometry.ts";
import type { Download, FinishOutcome, PartOutcome } from "./downloads/download.ts";
import type { PieceStore } from "./piece_store.ts";
import type { SongBytes } from "./song_bytes.ts";

/**
 * A song on its way to the disk that goes on in memory from the piece on that the disk does not take:
 * it is heard to its end, and not kept. What the disk has of it stays there for the next time.
 */
export class SpillingStore implements PieceStore, SongBytes {
  /** Pieces that are in memory alone; null as long as the disk takes them. */
  #spilled: Map<number, Uint8Array> | null = null;
  readonly have: Set<number>;

  /**
   * @param bytes what the disk has
   * @param onSpill told once, when the disk takes no more
   */
  constructor(
    readonly download: Download,
    readonly bytes: SongBytes,
    readonly onSpill: (fault: DownloadFault) => void,
  ) {
    this.have = new Set(download.have);
  }

  get there() {
    return this.download.there;
  }

  get complete(): boolean {
    return this.have.size === piecesOf(this.download.wanted.size);
  }

  /** Whether part of the song is in memory alone. */
  get spilled(): boolean {
    return this.#spilled !== null;
  }

  async write(piece: number, bytes: Uint8Array): Promise<DownloadFault | null> {
    if (this.#spilled === null) {
      const fault = await this.download.write(piece, bytes);
      if (fault !== null) {
        this.#spilled = new Map();
        this.onSpill(fault);
      }
    }
    this.#spilled?.set(piece, bytes.slice());
    this.have.add(piece);
    return null;
  }

  /** Bytes of one piece, or what begins on the disk. */
  read(offset: number, length: number): Promise<PartOutcome> {
    const piece = this.#spilled?.get(Math.floor(offset / PIECE_BYTES));
    if (piece === undefined) return this.bytes.read(offset, length);
    const from = offset % PIECE_BYTES;
    const bytes = new Uint8Array(piece.subarray(from, from + length));
    return Promise.resolve({ kind: "bytes", bytes });
  }

  /** What spilled is heard and not kept; of wrong content the disk keeps nothing either. */
  async finish(checked: boolean): Promise<FinishOutcome> {
    if (!this.spilled) return await this.download.finish(checked);
    const { name: path } = this.download.wanted;
    if (checked || await this.#isWanted()) return { kind: "finished", path };
    await this.download.discard();
    return { kind: "fault", fault: { why: "wrong_content", path } };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.bytes[Symbol.asyncDispose]();
    await this.download[Symbol.asyncDispose]();
  }

  async #isWanted(): Promise<boolean> {
    const { id, size } = this.download.wanted;
    const whole = createHash("sha256");
    for (let piece = 0; piece < piecesOf(size); piece += 1) {
      const read = await this.read(piece * PIECE_BYTES, pieceLength(size, piece));
      if (read.kind !== "bytes") return false;
      whole.update(read.bytes);
    }
    return whole.digest("hex") === id;
  }
}
