import type { CatalogueFile, NodeAddress } from "../protocol/music.ts";
import type { CatalogueEntry } from "./catalogue_entry.ts";
import { folded, Haystack } from "./catalogue_search.ts";
import type { Registration } from "./store.ts";

/** A list of files and, once somebody searched it, what is searched. */
export class FileList {
  #haystack: Haystack | null = null;

  constructor(readonly files: readonly CatalogueFile[]) {}

  /** Whether it has been searched before. */
  get ready(): boolean {
    return this.#haystack !== null;
  }

  /** What is searched, made the first time. */
  get haystack(): Haystack {
    return this.#haystack ??= new Haystack(this.files);
  }
}

/** A node as pages are made from it. */
export interface IndexedNode {
  /** The node as it is listed. */
  readonly address: NodeAddress;
  readonly foldedName: string;
  readonly list: FileList;
}

/**
 * The nodes in the order of their names, made from what the store lists. What it derived from a
 * list of files it keeps as long as the list is there, however often the node renews.
 */
export class CatalogueIndex {
  #registrations: readonly Registration[] = [];
  #nodes: readonly IndexedNode[] = [];
  #lists = new Map<string, FileList>();
  #files = 0;

  /** Files of all nodes of the last time. */
  get files(): number {
    return this.#files;
  }

  /** The nodes of these registrations; nothing is done where they are those of the last time. */
  nodesOf(registrations: readonly Registration[]): readonly IndexedNode[] {
    if (registrations === this.#registrations) return this.#nodes;
    const lists = new Map<string, FileList>();
    const nodes = registrations.map(({ id: name, owner: ip, payload }): IndexedNode => {
      const { port, list: word, files } = payload as CatalogueEntry;
      const list = this.#lists.get(word) ?? new FileList(files);
      lists.set(word, list);
      return { address: { name, ip, port }, foldedName: folded(name), list };
    });
    nodes.sort((a, b) => a.address.name < b.address.name ? -1 : 1);
    this.#lists = lists;
    this.#files = nodes.reduce((sum, { list }) => sum + list.files.length, 0);
    this.#registrations = registrations;
    return this.#nodes = nodes;
  }
}
