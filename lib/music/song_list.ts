import type { CatalogueSong } from "./catalogue/song.ts";
import type { SongRow, Wanted } from "./music_status.ts";

/**
 * What a person's words mean: a song of the last list, words to search for, or nothing: the list
 * has no such number, or there was none yet.
 */
export type Meaning =
  | { readonly kind: "song"; readonly song: CatalogueSong }
  | { readonly kind: "search"; readonly query: string }
  | { readonly kind: "unknown"; readonly wanted: string }
  | { readonly kind: "no_list" };

/** The songs that a person was shown last, by their numbers from 1. */
export class SongList {
  /** Null before the first list. */
  #songs: readonly CatalogueSong[] | null = null;

  /**
   * @param own name of our own node, which is no source for ourselves
   * @param here whether a song is here
   */
  constructor(readonly own: () => string, readonly here: (id: string) => boolean) {}

  /** Shows these songs now. */
  show(songs: readonly CatalogueSong[]): SongRow[] {
    this.#songs = songs;
    return songs.map((song) => this.row(song));
  }

  /** A song as it is shown; one that is in no list has the number 0. */
  row(song: CatalogueSong): SongRow {
    const { id, name, title, artist, seconds, size, sources } = song;
    const number = (this.#songs ?? []).findIndex((other) => other.id === id) + 1;
    const nodes = sources.map((source) => source.name).filter((node) => node !== this.own());
    return { number, id, name, title, artist, seconds, size, nodes, here: this.here(id) };
  }

  /** What a person means. */
  meaning(wanted: Wanted): Meaning {
    if (wanted.kind === "query") return { kind: "search", query: wanted.query };
    if (this.#songs === null) return { kind: "no_list" };
    const song = this.#songs[wanted.number - 1];
    return song === undefined
      ? { kind: "unknown", wanted: String(wanted.number) }
      : { kind: "song", song };
  }
}

/** Of what a search found, the song that is meant: one of just this title or name, else the first. */
export function meantSong(
  query: string,
  songs: readonly CatalogueSong[],
): CatalogueSong | undefined {
  const plain = (text: string) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const wanted = plain(query);
  return songs.find(({ title, name }) => plain(title) === wanted || plain(name) === wanted) ??
    songs[0];
}
