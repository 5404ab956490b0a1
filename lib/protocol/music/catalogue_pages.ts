import { LIMITS } from "../../base/limits.ts";
import { utf8Length } from "../../wire/text.ts";
import type { CatalogueFile } from "./catalogue_file.ts";
import type { NodeAddress, NodeRegister } from "./catalogue_messages.ts";
import { MUSIC_WIRE_LIMITS } from "./limits.ts";

/** The end of a page before its mark, and the most that the mark takes: 3 bytes for each unit. */
const PAGE_END = utf8Length(`]}],"next":""}`) + 3 * MUSIC_WIRE_LIMITS.mark;

/**
 * The lines that register a list of files, each within the limit of a line: one or more, all but
 * the last with `more`. They are sent one after another, each when the one before was answered.
 */
export function splitRegistration(
  { name, port, ttl }: Pick<NodeRegister, "name" | "port" | "ttl">,
  files: readonly CatalogueFile[],
): readonly string[] {
  const head = JSON.stringify({ type: "NODE_REGISTER", name, port, ttl }).slice(0, -1);
  const line = (entries: readonly string[], more: boolean) =>
    `${head},"files":[${entries.join(",")}],"more":${more}}`;
  const empty = utf8Length(line([], false));
  const lines: string[] = [];
  let entries: string[] = [];
  let bytes = empty;
  for (const file of files) {
    const entry = JSON.stringify(file);
    // With its comma.
    const more = utf8Length(entry) + 1;
    if (bytes + more > LIMITS.jsonLineBytes) {
      lines.push(line(entries, true));
      entries = [];
      bytes = empty;
    }
    entries.push(entry);
    bytes += more;
  }
  lines.push(line(entries, false));
  return lines;
}

/** A page of NODE_LIST that is being filled. */
export class NodePage {
  #text = '{"status":"OK","nodes":[';
  #bytes = utf8Length(this.#text);
  #node: NodeAddress | null = null;
  #filesOfNode = 0;

  /**
   * Puts a node's next file on the page, or the node alone where `file` is null. Calls for one node
   * come one after another.
   *
   * @returns false where the page is full; it has not changed then
   */
  add(node: NodeAddress, file: CatalogueFile | null): boolean {
    let text = "";
    if (node !== this.#node) {
      const { name, ip, port } = node;
      if (this.#node !== null) text = "]},";
      text += `${JSON.stringify({ name, ip, port }).slice(0, -1)},"files":[`;
    } else if (this.#filesOfNode > 0) text = ",";
    if (file !== null) text += JSON.stringify(file);
    const bytes = utf8Length(text);
    if (this.#bytes + bytes + PAGE_END > LIMITS.jsonLineBytes) return false;
    this.#filesOfNode = (node === this.#node ? this.#filesOfNode : 0) + (file === null ? 0 : 1);
    this.#node = node;
    this.#text += text;
    this.#bytes += bytes;
    return true;
  }

  /** The reply; `next` is where the page after this one begins, or null. */
  finish(next: string | null): string {
    return `${this.#text}${this.#node === null ? "" : "]}"}],"next":${JSON.stringify(next)}}`;
  }
}
