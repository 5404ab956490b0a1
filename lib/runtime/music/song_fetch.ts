import type { CatalogueSong } from "../../music/catalogue/song.ts";
import type { MusicFault } from "../../music/music_status.ts";
import type { FetchFault, ReceptionStatus } from "../../music/reception_contract.ts";
import type { IpPort } from "../../base/address.ts";
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

/** One song on its way from those who have it into a store, piece by verified piece. */
export class SongFetch implements AsyncDisposable {
  readonly #fetch: Fetch;
  readonly #names: ReadonlyMap<string, string>;
  #source: string | null = null;
  /** Whether anybody ever began to send it. */
  #begun = false;
  /** Pieces are stored one after another, and the end comes behind them. */
  #storing: Promise<unknown> = Promise.resolve();
  #ended = false;

  /** @param offset byte that is wanted first */
  constructor(
    transfers: Transfers,
    readonly song: CatalogueSong,
    readonly store: PieceStore,
    offset: number,
    limit: number | null,
    readonly observer: SongFetchObserver,
  ) {
    const { id, size, pieces, sources } = song;
    this.#names = new Map(sources.map((source) => [keyOf(source), source.name]));
    this.#fetch = transfers.fetch(
      { id, size, pieces, sources, offset, ...store.there },
      (event) => this.#take(event),
    );
    if (limit !== null) this.#fetch.submit({ kind: "limit", limit });
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
    this.#fetch.submit({ kind: "pause" });
  }

  resume(): void {
    this.#fetch.submit({ kind: "resume" });
  }

  /** Goes on from another byte. */
  seek(offset: number): void {
    this.#fetch.submit({ kind: "seek", offset });
  }

  /** Bytes a second that may come; null is no limit. */
  limit(limit: number | null): void {
    this.#fetch.submit({ kind: "limit", limit });
  }

  /** Ends it, and resolves when nothing more is written. What is there stays. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#fetch.submit({ kind: "cancel" });
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
        if (this.#source === null) return;
        this.#source = null;
        return this.observer.sourceLost(this.#nameOf(event.address), event.fault);
      case "complete":
        return this.#then(() => this.#finish(event.checked));
      case "failed":
        return this.#end({ kind: "fault", fault: { why: "fetch", fault: this.#faultOf(event) } });
      case "cancelled":
        return this.#end({ kind: "cancelled" });
    }
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
