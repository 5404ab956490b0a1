import { shareholder } from "../base/address.ts";
import type { CatalogueEntry } from "./catalogue_entry.ts";
import { CATALOGUE_LIMITS } from "./catalogue_limits.ts";
import type { Registration } from "./store.ts";

interface Sum {
  nodes: number;
  bytes: number;
}

/** How much of the catalogue is taken, over all and by address. */
class Sums {
  readonly all: Sum = { nodes: 0, bytes: 0 };
  readonly owners = new Map<string, Sum>();

  constructor(readonly registrations: readonly Registration[]) {
    for (const { owner, payload } of registrations) {
      const { bytes } = payload as CatalogueEntry;
      const own = this.of(owner);
      this.owners.set(shareholder(owner), own);
      for (const sum of [this.all, own]) {
        sum.nodes += 1;
        sum.bytes += bytes;
      }
    }
  }

  of(owner: string): Sum {
    return this.owners.get(shareholder(owner)) ?? { nodes: 0, bytes: 0 };
  }
}

/** Counts what is taken of the catalogue, anew only where that has changed. */
export class CatalogueUse {
  #nodes = new Sums([]);
  #parts = new Sums([]);

  /**
   * Whether a list fits.
   *
   * @param nodes the nodes of the catalogue, as the store lists them
   * @param parts the lists that are being sent, likewise
   * @param replaced what goes when the list comes: the node's list, its parts so far, or both
   * @returns null, or the word for what is in the way
   */
  faultOf(
    { owner, bytes, files }: {
      readonly owner: string;
      readonly bytes: number;
      readonly files: number;
    },
    nodes: readonly Registration[],
    parts: readonly Registration[],
    replaced: readonly (Registration | null)[],
  ): "too_many_files" | "full" | null {
    const limits = CATALOGUE_LIMITS;
    if (files > limits.filesPerNode || bytes > limits.bytesPerNode) return "too_many_files";
    if (this.#nodes.registrations !== nodes) this.#nodes = new Sums(nodes);
    if (this.#parts.registrations !== parts) this.#parts = new Sums(parts);
    const going = new Sums(replaced.filter((one) => one !== null)).all;
    const fits = (pick: (sums: Sums) => Sum, mostNodes: number, mostBytes: number) => {
      const [listed, sent] = [pick(this.#nodes), pick(this.#parts)];
      return listed.nodes + sent.nodes - going.nodes + 1 <= mostNodes &&
        listed.bytes + sent.bytes - going.bytes + bytes <= mostBytes;
    };
    return fits((sums) => sums.of(owner), limits.nodesPerAddress, limits.bytesPerAddress) &&
        fits((sums) => sums.all, limits.nodes, limits.bytes)
      ? null
      : "full";
  }
}
