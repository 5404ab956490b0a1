import type { CatalogueSong } from "../../music/catalogue/song.ts";
import type { MusicFault } from "../../music/music_status.ts";
import type { FetchFault, ReceptionStatus } from "../../music/reception_contract.ts";
import type { IpPort } from "../../base/address.ts";
import type { NodeAddress } from "../../protocol/music.ts";
import type { AlreadyThere } from "./downloads/download.ts";
import type { PieceStore } from "./piece_store.ts";
import type { Fetch, FetchEvent, Transfers } from "./transfers.ts";

/** How a fetch ended. */
export type FetchOutcome =
  /** `path` is where the file is now. */
  | { readonly kind: "finished"; readonly path: string }
  | { readonly kind: "fault"; readonly fault: MusicFault }
  | { readonly kind: "cancelled" };

/** What a {@link SongFetch} tells. */
export interface SongFetchObserver {
  /** More of it can be read from the store. */
  more(): void;
  /** A source was left in the middle for `fault`. */
  sourceLost(name: string, fault: FetchFault): void;
  ended(outcome: FetchOutcome): void;
  bug(error: unknown): void;
}

/** Who has a song now, as far as the catalogue knows. */
export type FindSources = (song: CatalogueSong) => Promise<readonly NodeAddress[]>;

/** Faults that are not their sources', so that another source would not help. */
const NOT_THE_SOURCES: ReadonlySet<FetchFault> = new Set(["wrong_content", "too_large"]);

/**
 * One song on its way from those who have it into a store, piece by verified piece. When a source is
 * lost, the catalogue is asked who has it now: a node can have come back elsewhere.
 */
export class SongFetch implements AsyncDisposable {
  #fetch: Fetch;
  /** By address, all who were known to have it. */
  readonly #names: Map<string, string>;
  /** The catalogue is asked one question after another. */
  #looking: Promise<void> = Promise.resolve();
  /** Whether nobody sends, and the catalogue's answer decides whether anybody will. */
  #stranded = false;
  /** Who was found when it was over for those who were known. */
  #unasked: NodeAddress[] = [];
  #paused = false;
  #source: string | null = null;
  /** Whether anybody ever began to send it. */
  #begun = false;
  /** Pieces are stored one after another, and the end comes behind them. */
  #storing: Promise<unknown> = Promise.resolve();
  #ended = false;

  /** @param offset byte that is wanted first */
  constructor(
    readonly transfers: Transfers,
    readonly song: CatalogueSong,
    readonly store: PieceStore,
    private offset: number,
    private limited: number | null,
    readonly find: FindSources,
    readonly observer: SongFetchObserver,
  ) {
    const { sources } = song;
    this.#names = new Map(sources.map((source) => [keyOf(source), source.name]));
    this.#fetch = this.#begin(sources, store.there);
  }

  /** Who sends it, or sent the end of it, by name; null where nobody does. */
  get source(): string | null {
    return this.#source;
  }

  /** Null when it is over. */
  get status(): ReceptionStatus | null {
    return this.#fetch.status;
  }

  /** Nothing may come until {@link resume}. */
  pause(): void {
    this.#paused = true;
    this.#fetch.submit({ kind: "pause" });
  }

  resume(): void {
    this.#paused = false;
    this.#fetch.submit({ kind: "resume" });
  }

  /** Goes on from another byte. */
  seek(offset: number): void {
    this.offset = offset;
    this.#fetch.submit({ kind: "seek", offset });
  }

  /** Bytes a second that may come; null is no limit. */
  limit(limit: number | null): void {
    this.limited = limit;
    this.#fetch.submit({ kind: "limit", limit });
  }

  /** Ends it, and resolves when nothing more is written. What is there stays. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#fetch.submit({ kind: "cancel" });
    // Where nothing runs just now, nothing tells.
    if (this.#stranded) this.#end({ kind: "cancelled" });
    await this.#storing;
  }

  #take(event: FetchEvent): void {
    switch (event.kind) {
      case "piece":
        return this.#then(() => this.#keep(event.piece, event.bytes));
      case "source_found":
        this.#source = this.#nameOf(event.address);
        this.#begun = true;
        return;
      case "source_lost":
        // One that was only asked was never left: where nobody answers, the end tells why.
        if (this.#source !== null) {
          this.#source = null;
          this.observer.sourceLost(this.#nameOf(event.address), event.fault);
        }
        return this.#look();
      case "complete":
        return this.#then(() => this.#finish(event.checked));
      case "failed":
        return this.#lookAgain(this.#faultOf(event));
      case "cancelled":
        return this.#end({ kind: "cancelled" });
    }
  }

  #begin(sources: readonly NodeAddress[], there: Partial<AlreadyThere>): Fetch {
    const { song: { id, size, pieces }, offset, limited: limit } = this;
    const fetch = this.transfers.fetch(
      { id, size, pieces, sources, offset, ...there },
      (event) => this.#take(event),
    );
    if (limit !== null) fetch.submit({ kind: "limit", limit });
    if (this.#paused) fetch.submit({ kind: "pause" });
    return fetch;
  }

  /** Asks who else has it, while those who are known are asked again. */
  #look(): void {
    this.#ask(async () => {
      const others = await this.#others();
      if (this.#fetch.status === null) {
        this.#unasked.push(...others);
        return;
      }
      for (const { ip, port } of others) {
        this.#fetch.submit({ kind: "source", address: { ip, port } });
      }
    });
  }

  /** All who were known are lost: goes on with others, if there are any. */
  #lookAgain(fault: FetchFault): void {
    this.#stranded = true;
    this.#ask(async () => {
      const found = NOT_THE_SOURCES.has(fault) ? [] : await this.#others();
      const others = this.#unasked.splice(0).concat(found);
      // What is on its way into the store is not fetched once more.
      await this.#storing;
      if (this.#ended) return;
      this.#stranded = false;
      if (others.length > 0) this.#fetch = this.#begin(others, { have: new Set(this.store.have) });
      else this.#end({ kind: "fault", fault: { why: "fetch", fault } });
    });
  }

  /** Those who have the song by the catalogue and were not known to have it. */
  async #others(): Promise<NodeAddress[]> {
    if (this.#ended) return [];
    const sources = await this.find(this.song);
    const others = sources.filter((source) => !this.#names.has(keyOf(source)));
    for (const other of others) this.#names.set(keyOf(other), other.name);
    return others;
  }

  #ask(act: () => Promise<void>): void {
    this.#looking = this.#looking.then(act).catch((error) => this.observer.bug(error));
  }

  /** Who has sent and does not answer any more is gone: no firewall is in the way. */
  #faultOf({ fault }: FetchEvent & { readonly kind: "failed" }): FetchFault {
    return fault === "no_answer" && this.#begun ? "source_gone" : fault;
  }

  async #keep(piece: number, bytes: Uint8Array): Promise<void> {
    if (this.#ended) return;
    const fault = await this.store.write(piece, bytes);
    if (fault !== null) {
      this.#end({ kind: "fault", fault: { why: "download", fault } });
      return this.#fetch.submit({ kind: "cancel" });
    }
    this.#fetch.submit({ kind: "stored", piece });
    this.observer.more();
  }

  async #finish(checked: boolean): Promise<void> {
    if (this.#ended) return;
    const outcome = await this.store.finish(checked);
    this.#end(
      outcome.kind === "finished"
        ? outcome
        : { kind: "fault", fault: { why: "download", fault: outcome.fault } },
    );
  }

  #then(act: () => Promise<void>): void {
    this.#storing = this.#storing.then(act).catch((error) => this.observer.bug(error));
  }

  #end(outcome: FetchOutcome): void {
    if (this.#ended) return;
    this.#ended = true;
    this.observer.ended(outcome);
  }

  #nameOf(address: IpPort): string {
    return this.#names.get(keyOf(address)) ?? `${address.ip}:${address.port}`;
  }
}

function keyOf({ ip, port }: IpPort): string {
  return `${ip} ${port}`;
}
