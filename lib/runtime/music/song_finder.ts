import { CATALOGUE_NODE_LIMITS } from "../../music/catalogue/limits.ts";
import type { CatalogueSong } from "../../music/catalogue/song.ts";
import type { MusicFault, MusicReport, SongRow, Wanted } from "../../music/music_status.ts";
import type { NodeAddress } from "../../protocol/music.ts";
import { MUSIC_WIRE_LIMITS } from "../../protocol/music/limits.ts";
import { meantSong, SongList } from "../../music/song_list.ts";
import { type CatalogueServer, searchCatalogue, type SearchOutcome } from "./catalogue_client.ts";

/** A song that was meant, or why there is none. */
export type Finding =
  | { readonly kind: "song"; readonly song: CatalogueSong }
  | { readonly kind: "fault"; readonly fault: MusicFault };

/** Finds songs and nodes in the catalogue, and what a person means by a number or by words. */
export class SongFinder {
  readonly #list: SongList;

  /**
   * @param own name of our own node
   * @param here whether a song is here
   * @param signal gives up what is being asked
   */
  constructor(
    readonly server: CatalogueServer,
    readonly own: string,
    here: (id: string) => boolean,
    readonly signal: AbortSignal,
  ) {
    this.#list = new SongList(() => own, here);
  }

  /** A song as it is shown. */
  row(song: CatalogueSong): SongRow {
    return this.#list.row(song);
  }

  /** The songs that have the words of `query`, or all; they are the list from now on. */
  async files(query: string | null): Promise<MusicReport> {
    const outcome = await this.#search(query ?? "");
    if (outcome.kind !== "found") return noServer(outcome);
    const { songs, cut } = outcome.listing;
    return { kind: "songs", query, songs: this.#list.show(songs), more: cut };
  }

  /** The nodes that share something. */
  async nodes(): Promise<MusicReport> {
    const outcome = await this.#search("");
    if (outcome.kind !== "found") return noServer(outcome);
    return { kind: "nodes", nodes: outcome.listing.nodes };
  }

  /** The song that a person means. */
  async find(wanted: Wanted): Promise<Finding> {
    const meaning = this.#list.meaning(wanted);
    switch (meaning.kind) {
      case "song":
        return meaning;
      case "unknown":
        return { kind: "fault", fault: { why: "unknown_song", wanted: meaning.wanted } };
      case "no_list":
        return { kind: "fault", fault: { why: "no_list" } };
      case "search": {
        const { query } = meaning;
        const outcome = await this.#search(query);
        if (outcome.kind !== "found") return { kind: "fault", fault: noServer(outcome).fault };
        const song = meantSong(query, outcome.listing.songs);
        return song === undefined
          ? { kind: "fault", fault: { why: "unknown_song", wanted: query } }
          : { kind: "song", song };
      }
    }
  }

  /** Who else has a song now; nobody where the catalogue does not answer soon. */
  async sources({ id, name }: CatalogueSong): Promise<readonly NodeAddress[]> {
    const soon = AbortSignal.any([this.signal, AbortSignal.timeout(CATALOGUE_NODE_LIMITS.soon)]);
    const outcome = await searchCatalogue(this.server, wordsOf(name), soon);
    if (outcome.kind !== "found") return [];
    const song = outcome.listing.songs.find((found) => found.id === id);
    return song?.sources.filter((source) => source.name !== this.own) ?? [];
  }

  #search(query: string): Promise<SearchOutcome> {
    return searchCatalogue(this.server, query, this.signal);
  }
}

/** As much of a file's name as a query can hold. */
function wordsOf(name: string): string {
  let words = "";
  for (const character of name) {
    if (words.length + character.length > MUSIC_WIRE_LIMITS.query) break;
    words += character;
  }
  return words;
}

function noServer(outcome: Exclude<SearchOutcome, { readonly kind: "found" }>) {
  const reason = outcome.kind === "refused" ? outcome.error : outcome.reason;
  return { kind: "music_fault", song: null, fault: { why: "no_server", reason } } as const;
}
