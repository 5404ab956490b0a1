import type { SourceEffect, SourceInput } from "../../music/source_contract.ts";
import type { OpenOutcome } from "./library/music_library.ts";

type Read = SourceEffect & { readonly kind: "read" };
type Answer = SourceInput & { readonly kind: "block" | "read_failed" };

/**
 * Reads the pieces that listeners are due, from files that stay open while somebody listens. Each
 * stream has its own reader: one that hangs holds up nobody else.
 */
export class SourceReading implements Disposable {
  readonly #readers = new Map<number, Promise<OpenOutcome>>();

  /** @param open opens a file by its id */
  constructor(readonly open: (id: string) => Promise<OpenOutcome>) {}

  /** What a read brings. */
  async read({ stream, id, piece, offset, length }: Read): Promise<Answer> {
    let opened = this.#readers.get(stream);
    if (opened === undefined) {
      opened = this.open(id);
      this.#readers.set(stream, opened);
    }
    const outcome = await opened;
    if (outcome.kind === "fault") return { kind: "read_failed", stream };
    const read = await outcome.reader.read(offset, length);
    return read.kind === "bytes" && read.bytes.length === length
      ? { kind: "block", stream, piece, bytes: read.bytes }
      : { kind: "read_failed", stream };
  }

  /** A stream is over: its file is closed. */
  close(stream: number): void {
    const opened = this.#readers.get(stream);
    this.#readers.delete(stream);
    // Where opening threw, whoever read has been told.
    opened?.then((outcome) => {
      if (outcome.kind === "open") outcome.reader[Symbol.dispose]();
    }, () => {});
  }

  /** Closes everything. */
  [Symbol.dispose](): void {
    for (const stream of [...this.#readers.keys()]) this.close(stream);
  }
}
