import { PIECE_BYTES } from "../../protocol/music/transfer_geometry.ts";
import type { PartOutcome } from "./downloads/download.ts";
import { fill } from "./library/file_digests.ts";
import type { SharedReader } from "./library/shared_reader.ts";
import { storageFault } from "./library/storage_fault.ts";

/** Where the bytes of a song are read from while it plays; `missing` where they have not come yet. */
export interface SongBytes extends AsyncDisposable {
  read(offset: number, length: number): Promise<PartOutcome>;
}

/**
 * A file that is being fetched, through a handle of our own: it stays open when the file is given
 * its name.
 *
 * @param have the pieces that are there, or null where all are
 * @throws as `Deno.open`
 */
export async function fileBytes(
  path: string,
  have: ReadonlySet<number> | null,
): Promise<SongBytes> {
  const file = await Deno.open(path);
  let open = true;
  return {
    async read(offset, length) {
      for (let piece = Math.floor(offset / PIECE_BYTES); have !== null; piece += 1) {
        if (piece * PIECE_BYTES >= offset + length) break;
        if (!have.has(piece)) return { kind: "missing" };
      }
      try {
        const bytes = new Uint8Array(length);
        await file.seek(offset, Deno.SeekMode.Start);
        const count = await fill(file, bytes);
        return { kind: "bytes", bytes: bytes.subarray(0, count) };
      } catch (error) {
        if (!open) return { kind: "missing" };
        return { kind: "fault", fault: storageFault(error, path, "read") };
      }
    },
    [Symbol.asyncDispose]() {
      if (open) file.close();
      open = false;
      return Promise.resolve();
    },
  };
}

/** A file that we share. */
export function sharedBytes(reader: SharedReader): SongBytes {
  return {
    async read(offset, length) {
      const read = await reader.read(offset, length);
      if (read.kind === "bytes") return read;
      const { fault } = read;
      if (fault.why !== "changed" && fault.why !== "not_shared") return { kind: "fault", fault };
      // It is not the song any more that was to be heard.
      return { kind: "fault", fault: { why: "not_found", path: fault.path } };
    },
    [Symbol.asyncDispose]() {
      reader[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}
