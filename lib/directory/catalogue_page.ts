import { NodePage } from "../protocol/music.ts";
import type { FileList, IndexedNode } from "./catalogue_index.ts";
import { CATALOGUE_LIMITS } from "./catalogue_limits.ts";
import { wordsOf } from "./catalogue_search.ts";

/**
 * One page of NODE_LIST: nodes by name, their files by id. A file is on it where each word of
 * `query` is in its title, its artist, its name or the name of its node.
 *
 * The mark of a page names the last file of it, or the last node, and not a number of files. Nodes
 * and files that come or go between two pages therefore make none of the others appear twice or
 * get lost.
 *
 * @param nodes in the order of their names
 * @param after the mark of the page before; one that this server never gave begins somewhere
 */
export function catalogueReply(
  nodes: readonly IndexedNode[],
  query: string,
  after: string | null,
): string {
  const words = wordsOf(query);
  const { name: markedNode, id: markedFile } = readMark(after);
  const page = new NodePage();
  let mark = after;
  let searched = 0;
  for (let at = firstFrom(nodes, markedNode); at < nodes.length; at += 1) {
    if (searched > CATALOGUE_LIMITS.searchedUnits) return page.finish(mark);
    const { address, foldedName, list } = nodes[at]!;
    const begun = address.name === markedNode;
    if (begun && markedFile === null) continue;
    const left = words.filter((word) => !foldedName.includes(word));
    searched += words.length * foldedName.length + (left.length > 0 ? effortOf(list) : 0);
    if (list.files.length === 0 && !begun && left.length === 0) {
      if (!page.add(address, null)) return page.finish(mark);
    }
    const first = begun && markedFile !== null ? firstBehind(list.files, markedFile) : 0;
    for (let file = next(list, left, first); file >= 0; file = next(list, left, file + 1)) {
      const entry = list.files[file]!;
      if (!page.add(address, entry)) return page.finish(mark);
      mark = `${entry.id}:${address.name}`;
    }
    mark = nodeMark(address.name);
  }
  return page.finish(null);
}

/** The first file from `from` on that has all words, or -1. */
function next(list: FileList, words: readonly string[], from: number): number {
  if (words.length > 0) return list.haystack.next(words, from);
  return from < list.files.length ? from : -1;
}

/** Units of text that a search through a list counts. */
function effortOf(list: FileList): number {
  const factor = list.ready ? 1 : CATALOGUE_LIMITS.readyingFactor;
  return factor * list.haystack.length;
}

/** Behind all of a node. */
function nodeMark(name: string): string {
  return `:${name}`;
}

/** A null id is behind all of the node. */
function readMark(mark: string | null): { readonly name: string; readonly id: string | null } {
  if (mark === null) return { name: "", id: null };
  const colon = mark.indexOf(":");
  return { name: mark.slice(colon + 1), id: colon <= 0 ? null : mark.slice(0, colon) };
}

/** The first node whose name is not below `name`. */
function firstFrom(nodes: readonly IndexedNode[], name: string): number {
  return firstWhere(nodes.length, (at) => nodes[at]!.address.name >= name);
}

/** The first file whose id is above `id`. */
function firstBehind(files: readonly { readonly id: string }[], id: string): number {
  return firstWhere(files.length, (at) => files[at]!.id > id);
}

/** The first of `count` numbers that a condition holds for, which holds for all behind it too. */
function firstWhere(count: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
