import type { CatalogueSong } from "../../music/catalogue/song.ts";
import type { DownloadFault } from "../../music/library_status.ts";
import type { DownloadRow, MusicFault, SongRow } from "../../music/music_status.ts";
import type { FetchFault } from "../../music/reception_contract.ts";
import { PIECE_BYTES, pieceLength, piecesOf } from "../../protocol/music/transfer_geometry.ts";
import type { Download, FinishOutcome } from "./downloads/download.ts";
import { DownloadsFolder } from "./downloads/downloads_folder.ts";
import type { SongBytes } from "./song_bytes.ts";
import { type FindSources, SongFetch } from "./song_fetch.ts";
import type { SongShelf } from "./song_shelf.ts";
import type { Transfers } from "./transfers.ts";

/** What a {@link DownloadDesk} tells. */
export interface DownloadObserver {
  /** A download began, or is over. */
  changed(row: DownloadRow): void;
  sourceChanged(song: SongRow, from: string, fault: FetchFault): void;
  bug(error: unknown): void;
}

/** Downloads that are remembered, running or over. */
const REMEMBERED = 100;

/** One download. */
interface Entry {
  readonly song: CatalogueSong;
  readonly row: SongRow;
  download: Download | null;
  fetch: SongFetch | null;
  state: DownloadRow["state"];
}

/** Fetches songs into folders, several at a time, and copies those that are here. */
export class DownloadDesk implements AsyncDisposable {
  readonly #entries: Entry[] = [];
  readonly #folders = new Map<string, DownloadsFolder>();
  readonly #running = new Set<Promise<void>>();
  #limit: number | null = null;
  #ended = false;

  constructor(
    readonly shelf: SongShelf,
    readonly transfers: Transfers,
    readonly find: FindSources,
    readonly observer: DownloadObserver,
  ) {}

  /** All that are remembered, the oldest first. */
  rows(): DownloadRow[] {
    return this.#entries.map((entry) => this.#rowOf(entry));
  }

  /** Those that run. */
  running(): DownloadRow[] {
    return this.rows().filter(({ state }) => state.kind === "running");
  }

  /** Bytes a second of each from now on; null is no limit. */
  limit(limit: number | null): void {
    this.#limit = limit;
    for (const { fetch } of this.#entries) fetch?.limit(limit);
  }

  /** Begins a download. */
  get(song: CatalogueSong, row: SongRow, folder: string): void {
    const entry: Entry = { song, row, download: null, fetch: null, state: { kind: "running" } };
    this.#entries.push(entry);
    const over = this.#entries.findIndex(({ state }) => state.kind !== "running");
    if (this.#entries.length > REMEMBERED && over >= 0) this.#entries.splice(over, 1);
    const running = this.#begin(entry, folder)
      .catch((error) => this.observer.bug(error))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    for (const { fetch } of this.#entries) await fetch?.[Symbol.asyncDispose]();
    await Promise.all(this.#running);
    for (const { download } of this.#entries) await download?.[Symbol.asyncDispose]();
  }

  async #begin(entry: Entry, path: string): Promise<void> {
    const folder = this.#folders.get(path) ?? new DownloadsFolder(path);
    this.#folders.set(path, folder);
    const begun = await folder.begin(entry.song);
    if (begun.kind === "fault") return this.#fail(entry, { why: "download", fault: begun.fault });
    entry.download = begun.download;
    const fault = this.#ended ? null : await this.#bring(entry, begun.download);
    if (fault === null) return;
    // Let go first: whoever reads why may try again at once.
    await begun.download[Symbol.asyncDispose]();
    this.#fail(entry, fault);
  }

  /** All of the song, from wherever it is; null where it is done, or we leave. */
  async #bring(entry: Entry, download: Download): Promise<MusicFault | null> {
    await using here = await this.shelf.open(entry.song.id);
    if (here !== null) return await this.#copy(entry, download, here);
    if (this.#ended) return null;
    if (!this.transfers.hasPlace) return { why: "too_many", most: this.running().length - 1 };
    const ended = Promise.withResolvers<MusicFault | null>();
    entry.fetch = new SongFetch(this.transfers, entry.song, download, 0, this.#limit, this.find, {
      more: () => {},
      sourceLost: (name, fault) => this.observer.sourceChanged(entry.row, name, fault),
      ended: (outcome) => {
        entry.fetch = null;
        if (outcome.kind === "finished") this.#done(entry, outcome.path);
        ended.resolve(outcome.kind === "fault" ? outcome.fault : null);
      },
      bug: (error) => this.observer.bug(error),
    });
    this.observer.changed(this.#rowOf(entry));
    return await ended.promise;
  }

  /** From what is here already. */
  async #copy(entry: Entry, download: Download, here: SongBytes): Promise<MusicFault | null> {
    const { size } = entry.song;
    for (let piece = 0; piece < piecesOf(size) && !this.#ended; piece += 1) {
      if (download.have.has(piece)) continue;
      const length = pieceLength(size, piece);
      const read = await here.read(piece * PIECE_BYTES, length);
      const fault = read.kind !== "bytes"
        ? faultOfRead(read, download.files.partPath)
        // What is here has the id, and so the catalogue has the wrong size.
        : read.bytes.length < length
        ? { why: "wrong_content", path: download.files.partPath } as const
        : await download.write(piece, read.bytes);
      if (fault !== null) return { why: "download", fault };
    }
    if (!download.complete) return null;
    const outcome: FinishOutcome = await download.finish(false);
    if (outcome.kind === "fault") return { why: "download", fault: outcome.fault };
    this.#done(entry, outcome.path);
    return null;
  }

  #done(entry: Entry, path: string): void {
    entry.state = { kind: "done", path };
    this.observer.changed(this.#rowOf(entry));
  }

  #fail(entry: Entry, fault: MusicFault): void {
    entry.state = { kind: "failed", fault };
    this.observer.changed(this.#rowOf(entry));
  }

  #rowOf({ song, row, download, fetch, state }: Entry): DownloadRow {
    const status = fetch?.status ?? null;
    const missing = piecesOf(song.size) - (download?.have.size ?? 0);
    const done = state.kind === "done" ? song.size : Math.max(0, song.size - missing * PIECE_BYTES);
    return {
      song: row,
      done: status?.verifiedBytes ?? done,
      rate: status?.rate ?? 0,
      source: fetch?.source ?? null,
      state,
    };
  }
}

function faultOfRead(
  read: { readonly kind: "missing" } | { readonly kind: "fault"; readonly fault: DownloadFault },
  path: string,
): DownloadFault {
  return read.kind === "fault" ? read.fault : { why: "not_found", path };
}
