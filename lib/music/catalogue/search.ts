import { MUSIC_WIRE_LIMITS } from "../../protocol/music/limits.ts";
import {
  type CatalogueReply,
  formatCatalogueRequest,
  type ListedNode,
  type NodeAddress,
} from "../../protocol/music.ts";
import { CATALOGUE_NODE_LIMITS } from "./limits.ts";
import { type CatalogueSong, compareSongs, SongEntries } from "./song.ts";

/** A node, and how many of its files a search found. */
export interface CatalogueNode extends NodeAddress {
  readonly files: number;
}

/** What a search found. */
export interface CatalogueListing {
  /** By artist and title; each song once, with all who have it. */
  readonly songs: readonly CatalogueSong[];
  /** By name. */
  readonly nodes: readonly CatalogueNode[];
  /** Whether there was more than is kept. */
  readonly cut: boolean;
}

/** How a search goes on. */
export type SearchStep =
  /** Ask for the next page. */
  | { readonly kind: "ask"; readonly line: string }
  | { readonly kind: "found"; readonly listing: CatalogueListing }
  /** The server said no; `error` is its word. */
  | { readonly kind: "refused"; readonly error: string };

/**
 * A search in the catalogue (`protocols/music.md`), page by page: merges a node that goes on over
 * pages, and the nodes that have the same song. What a server sends never takes more than a bounded
 * amount of memory and of requests.
 */
export class CatalogueSearch {
  readonly #songs = new Map<string, SongEntries>();
  readonly #nodes = new Map<string, { readonly address: NodeAddress; files: number }>();
  readonly #marks = new Set<string>();
  #files = 0;
  #cut = false;

  /** @param query words, all of which have to be in a song's texts or its node's name; "" is all */
  constructor(readonly query: string) {}

  /** The first step. */
  start(): SearchStep {
    return this.#ask(null);
  }

  /** Takes the answer to the last question. */
  take(reply: CatalogueReply): SearchStep {
    if (reply.kind !== "nodes") {
      const word = reply.kind === "error" ? reply.error : "bad_reply";
      return { kind: "refused", error: word.slice(0, CATALOGUE_NODE_LIMITS.errorWord) };
    }
    for (const node of reply.nodes) this.#add(node);
    if (reply.next === null) return this.#found();
    if (this.#goesOn(reply.next)) return this.#ask(reply.next);
    this.#cut = true;
    return this.#found();
  }

  /** Whether to go on at a mark: one that comes again would go round for ever. */
  #goesOn(mark: string): boolean {
    return !this.#cut && mark.length <= MUSIC_WIRE_LIMITS.mark && !this.#marks.has(mark) &&
      this.#marks.size < CATALOGUE_NODE_LIMITS.pages;
  }

  #ask(after: string | null): SearchStep {
    if (after !== null) this.#marks.add(after);
    const line = formatCatalogueRequest({ kind: "NODE_LIST", query: this.query, after });
    return { kind: "ask", line };
  }

  #add({ name, ip, port, files }: ListedNode): void {
    const { nodes, songs, files: most, sourcesPerSong } = CATALOGUE_NODE_LIMITS;
    let node = this.#nodes.get(name);
    if (node === undefined) {
      if (this.#nodes.size >= nodes) {
        this.#cut = true;
        return;
      }
      node = { address: { name, ip, port }, files: 0 };
      this.#nodes.set(name, node);
    }
    for (const file of files) {
      node.files += 1;
      this.#files += 1;
      let entries = this.#songs.get(file.id);
      if (this.#files > most || (entries === undefined && this.#songs.size >= songs)) {
        this.#cut = true;
        continue;
      }
      if (entries === undefined) {
        entries = new SongEntries(sourcesPerSong);
        this.#songs.set(file.id, entries);
      }
      entries.add(node.address, file);
    }
  }

  #found(): SearchStep {
    const songs = [...this.#songs.values()].map((entries) => entries.song()).sort(compareSongs);
    const nodes = [...this.#nodes.values()].map(({ address, files }) => ({ ...address, files }))
      .sort((a, b) => a.name < b.name ? -1 : 1);
    return { kind: "found", listing: { songs, nodes, cut: this.#cut } };
  }
}
