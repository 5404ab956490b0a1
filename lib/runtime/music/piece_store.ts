import type { DownloadFault } from "../../music/library_status.ts";
import type { AlreadyThere, FinishOutcome, PartOutcome } from "./downloads/download.ts";

/** Where the pieces of one file go as they come: a download on the disk, or memory. */
export interface PieceStore extends AsyncDisposable {
  /** What was there at the beginning. */
  readonly there: AlreadyThere;
  /** Pieces that are there now. */
  readonly have: ReadonlySet<number>;
  /** Whether nothing is missing. */
  readonly complete: boolean;

  /** Keeps a piece that was verified. */
  write(piece: number, bytes: Uint8Array): Promise<DownloadFault | null>;

  /** Bytes that are there. */
  read(offset: number, length: number): Promise<PartOutcome>;

  /** Everything is there. `checked`: the digest of the whole is known to be right. */
  finish(checked: boolean): Promise<FinishOutcome>;
}
