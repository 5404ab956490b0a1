import { createHash } from "node:crypto";
import type { DownloadFault } from "../../music/library_status.ts";
import { PIECE_BYTES, piecesOf } from "../../protocol/music/transfer_geometry.ts";
import type { AlreadyThere, FinishOutcome, PartOutcome } from "./downloads/download.ts";
import type { WantedFile } from "./downloads/download_notes.ts";
import type { PieceStore } from "./piece_store.ts";

/**
 * Songs in memory, where there is no folder to keep them in: what was played last is there for the
 * next time, up to a number of bytes.
 */
export class MemorySongs {
  /** By id, the one that was used last at the end. */
  readonly #songs = new Map<string, MemorySong>();

  /** @param most bytes of songs that are kept; one alone may be larger while it plays */
  constructor(readonly most: number) {}

  /** A song that is there, whole or in part; it counts as used. */
  find(id: string): PieceStore | null {
    const song = this.#songs.get(id);
    if (song === undefined) return null;
    this.#songs.delete(id);
    this.#songs.set(id, song);
    return song;
  }

  /** Begins a song, or goes on with one, and makes room for it. */
  begin(wanted: WantedFile): PieceStore {
    const song = this.#songs.get(wanted.id);
    if (song?.wanted.size === wanted.size) return this.find(wanted.id)!;
    // Somebody lied about its size: what came under the other one fits nothing.
    this.#songs.delete(wanted.id);
    let total = wanted.size;
    for (const { wanted: { size } } of this.#songs.values()) total += size;
    for (const [id, { wanted: { size } }] of this.#songs) {
      if (total <= this.most) break;
      this.#songs.delete(id);
      total -= size;
    }
    const begun: MemorySong = new MemorySong(wanted, () => {
      if (this.#songs.get(wanted.id) === begun) this.#songs.delete(wanted.id);
    });
    this.#songs.set(wanted.id, begun);
    return begun;
  }
}

class MemorySong implements PieceStore {
  readonly #pieces = new Map<number, Uint8Array>();
  readonly have = new Set<number>();

  constructor(readonly wanted: WantedFile, readonly forget: () => void) {}

  get there(): AlreadyThere {
    const whole = createHash("sha256");
    let pieces = 0;
    for (let bytes; (bytes = this.#pieces.get(pieces)) !== undefined; pieces += 1) {
      whole.update(bytes);
    }
    const hasher = {
      update: (bytes: Uint8Array) => void whole.update(bytes),
      digest: () => new Uint8Array(whole.digest()),
    };
    return { have: new Set(this.have), begun: { hasher, pieces } };
  }

  get complete(): boolean {
    return this.have.size === piecesOf(this.wanted.size);
  }

  write(piece: number, bytes: Uint8Array): Promise<DownloadFault | null> {
    this.#pieces.set(piece, bytes.slice());
    this.have.add(piece);
    return Promise.resolve(null);
  }

  read(offset: number, length: number): Promise<PartOutcome> {
    const end = Math.min(offset + length, this.wanted.size);
    const bytes = new Uint8Array(Math.max(0, end - offset));
    for (let at = offset; at < end;) {
      const piece = this.#pieces.get(Math.floor(at / PIECE_BYTES));
      if (piece === undefined) return Promise.resolve({ kind: "missing" });
      const part = piece.subarray(at % PIECE_BYTES, at % PIECE_BYTES + end - at);
      bytes.set(part, at - offset);
      at += part.length;
    }
    return Promise.resolve({ kind: "bytes", bytes });
  }

  finish(checked: boolean): Promise<FinishOutcome> {
    if (checked || this.#isWanted()) {
      return Promise.resolve({ kind: "finished", path: this.wanted.name });
    }
    this.#pieces.clear();
    this.have.clear();
    this.forget();
    const fault = { why: "wrong_content", path: this.wanted.name } as const;
    return Promise.resolve({ kind: "fault", fault });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  #isWanted(): boolean {
    const whole = createHash("sha256");
    for (let piece = 0; piece < piecesOf(this.wanted.size); piece += 1) {
      whole.update(this.#pieces.get(piece)!);
    }
    return whole.digest("hex") === this.wanted.id;
  }
}
