import type { CatalogueFile, NodeAddress } from "../../protocol/music.ts";

/** A song of a search, with the nodes that have it. */
export interface CatalogueSong {
  /** SHA-256 of the content, in hex. */
  readonly id: string;
  readonly name: string;
  /** Empty where it is not known, as the artist. */
  readonly title: string;
  readonly artist: string;
  readonly seconds: number | null;
  /** Bytes. */
  readonly size: number;
  /** What vouches for the list of pieces; null where no node gave it, or nodes disagree about it. */
  readonly pieces: string | null;
  /** Who has it, those first that say what most of them say. */
  readonly sources: readonly NodeAddress[];
}

/** What a node says of a song. */
interface Entry {
  readonly node: NodeAddress;
  readonly file: CatalogueFile;
}

/** Puts together what nodes say of one song, in the order in which they are given. */
export class SongEntries {
  readonly #entries: Entry[] = [];

  /** @param most entries that are kept */
  constructor(readonly most: number) {}

  /** Takes what a node says; only once of each node. */
  add(node: NodeAddress, file: CatalogueFile): void {
    if (this.#entries.some((entry) => entry.node.name === node.name)) return;
    if (this.#entries.length >= this.most) return;
    this.#entries.push({ node, file });
  }

  /**
   * The song. Of an id whose size and pieces nodes do not agree about, somebody lies; what most say
   * is believed. Where as many say one thing as the other, nothing vouches for the pieces, and the
   * digest of the whole has to tell.
   */
  song(): CatalogueSong {
    const sizes = votes(this.#entries, ({ file }) => file.size);
    const size = sizes[0]!.value;
    const agreeing = this.#entries.filter(({ file }) => file.size === size);
    const lists = votes(agreeing, ({ file }) => file.pieces).filter(({ value }) =>
      value !== undefined
    );
    const tied = lists.length > 1 && lists[0]!.count === lists[1]!.count;
    const pieces = tied ? null : lists[0]?.value ?? null;
    const believed = ({ file }: Entry) =>
      file.size === size &&
      (file.pieces === undefined || pieces === null || file.pieces === pieces);
    const sources = [
      ...this.#entries.filter(believed),
      ...this.#entries.filter((entry) => !believed(entry)),
    ];
    const files = sources.map(({ file }) => file);
    const first = files[0]!;
    return {
      id: first.id,
      name: first.name,
      title: files.find(({ title }) => title !== "")?.title ?? "",
      artist: files.find(({ artist }) => artist !== "")?.artist ?? "",
      seconds: files.find(({ seconds }) => seconds !== null)?.seconds ?? null,
      size,
      pieces,
      sources: sources.map(({ node: { name, ip, port } }) => ({ name, ip, port })),
    };
  }
}

/** The values that entries have, the most frequent first, then the one that came first. */
function votes<T>(
  entries: readonly Entry[],
  valueOf: (entry: Entry) => T,
): { readonly value: T; readonly count: number }[] {
  const counts = new Map<T, number>();
  for (const entry of entries) {
    const value = valueOf(entry);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

// The same order on every machine, with accents as in the project's languages.
const collator = new Intl.Collator("pt", { sensitivity: "base", numeric: true });

/** Songs in the order of artist, title, file name; those without an artist last. */
export function compareSongs(a: CatalogueSong, b: CatalogueSong): number {
  if ((a.artist === "") !== (b.artist === "")) return a.artist === "" ? 1 : -1;
  return collator.compare(a.artist, b.artist) ||
    collator.compare(a.title || a.name, b.title || b.name) ||
    collator.compare(a.name, b.name) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
