import assert from "node:assert/strict";
import { PIECE_BYTES } from "../../../../lib/protocol/music/transfer_geometry.ts";
import type { Download } from "../../../../lib/runtime/music/downloads/download.ts";
import type { WantedFile } from "../../../../lib/runtime/music/downloads/download_notes.ts";
import type { BeginOutcome } from "../../../../lib/runtime/music/downloads/downloads_folder.ts";
import { describe } from "../../../music/sim/sample_file.ts";
import { noise } from "../library/tagged_files.ts";

/** A file that somebody else has, and what a test does with it. */
export class Song {
  readonly bytes: Uint8Array;
  readonly wanted: WantedFile;

  constructor(size: number, name = "song.mp3", seed = 1) {
    this.bytes = noise(size, seed);
    this.wanted = { id: describe(this.bytes).shared.id, name, size };
  }

  piece(number: number): Uint8Array {
    return this.bytes.subarray(number * PIECE_BYTES, (number + 1) * PIECE_BYTES);
  }

  /** Writes pieces, and has no fault. */
  async write(download: Download, ...pieces: readonly number[]): Promise<void> {
    for (const piece of pieces) {
      assert.equal(await download.write(piece, this.piece(piece)), null);
    }
  }
}

/** The download that was begun. */
export function begun(outcome: BeginOutcome): Download {
  assert.ok(outcome.kind === "begun", JSON.stringify(outcome));
  return outcome.download;
}
