import { canonicalIp, isPort } from "../../base/address.ts";
import { RemoteProtocolError } from "../../base/errors.ts";
import { type JsonObject, parseJsonLine } from "../../wire/json_line.ts";
import { requestType } from "../rendezvous.ts";
import { type CatalogueFile, readCatalogueFile } from "./catalogue_file.ts";
import { readCount, readInteger, readName } from "./fields.ts";
import { MUSIC_WIRE_LIMITS } from "./limits.ts";

/** What a node asks of the catalogue. */
export type CatalogueRequest = NodeRegister | NodeList | NodeRemove;

/** Enter the catalogue, or renew. `ttl` is in seconds, already within its bounds. */
export interface NodeRegister {
  readonly kind: "NODE_REGISTER";
  readonly name: string;
  /** The node's UDP port. */
  readonly port: number;
  readonly ttl: number;
  /** The node's files, or those of this part; undefined keeps the list that is there. */
  readonly files: readonly CatalogueFile[] | undefined;
  /** Whether the list goes on in the next request. */
  readonly more: boolean;
}

/** Who is there and what they share. */
export interface NodeList {
  readonly kind: "NODE_LIST";
  /** Words to look for; empty for everything. */
  readonly query: string;
  /** The `next` of the page before, or null for the first page. */
  readonly after: string | null;
}

/** Leave. */
export interface NodeRemove {
  readonly kind: "NODE_REMOVE";
  readonly name: string;
}

/** Where a node is. */
export interface NodeAddress {
  readonly name: string;
  readonly ip: string;
  readonly port: number;
}

/** A node of a page, with those of its files that are on the page. */
export interface ListedNode extends NodeAddress {
  readonly files: readonly CatalogueFile[];
}

/** What the catalogue answers. Another server's `error` can be any word. */
export type CatalogueReply =
  | {
    readonly kind: "registered";
    /** Seconds granted. */
    readonly ttl: number;
    /** Files of the node that the server has now, with those of parts before. */
    readonly registered: number;
  }
  | {
    readonly kind: "nodes";
    readonly nodes: readonly ListedNode[];
    /** What to ask the next page after, or null where this is the last. */
    readonly next: string | null;
  }
  | { readonly kind: "removed"; readonly removed: boolean }
  | { readonly kind: "error"; readonly error: string };

/**
 * A request line.
 *
 * @throws {RemoteProtocolError} as {@link readCatalogueRequest}, or as `parseJsonLine`
 */
export function parseCatalogueRequest(bytes: Uint8Array): CatalogueRequest {
  return readCatalogueRequest(parseJsonLine(bytes));
}

/**
 * A request from its JSON object.
 *
 * @throws {RemoteProtocolError} `bad_name`, `bad_ttl`, `bad_port`, `bad_files`, `bad_more`,
 *   `bad_query`, `bad_after`; `missing_type` or `unknown_command` for what is none of these requests
 */
export function readCatalogueRequest(object: JsonObject): CatalogueRequest {
  const kind = requestType(object);
  switch (kind) {
    case "NODE_REGISTER": {
      const name = requireName(object.name);
      const ttl = readTtl(object.ttl ?? undefined);
      const port = readInteger(object.port);
      if (!isPort(port)) throw new RemoteProtocolError("bad_port");
      const files = readFiles(object.files ?? undefined);
      const more = object.more ?? false;
      if (typeof more !== "boolean") throw new RemoteProtocolError("bad_more");
      // A part of a list has files.
      if (more && files === undefined) throw new RemoteProtocolError("bad_files");
      return { kind, name, port, ttl, files, more };
    }
    case "NODE_LIST":
      return { kind, query: readQuery(object.query ?? ""), after: readMark(object.after ?? null) };
    case "NODE_REMOVE":
      return { kind, name: requireName(object.name) };
    default:
      throw new RemoteProtocolError("unknown_command");
  }
}

/** A request as it is sent, without its terminator. A list may have to be split first. */
export function formatCatalogueRequest(request: CatalogueRequest): string {
  const { kind: type, ...fields } = request;
  // A field that is undefined is left out.
  return JSON.stringify({ type, ...fields });
}

/** A reply as it is sent, without its terminator. */
export function formatCatalogueReply(reply: CatalogueReply): string {
  const { kind, ...fields } = reply;
  return JSON.stringify({ status: kind === "error" ? "ERROR" : "OK", ...fields });
}

/**
 * A reply line, read liberally: nodes and files that are none are left out.
 *
 * @throws {RemoteProtocolError} `bad_reply` for what is none, or as `parseJsonLine`
 */
export function parseCatalogueReply(bytes: Uint8Array): CatalogueReply {
  const object = parseJsonLine(bytes);
  if (object.status === "ERROR") {
    const word = [object.error, object.message].find((one) => typeof one === "string");
    return { kind: "error", error: word as string | undefined ?? "unknown" };
  }
  if (object.status !== "OK") throw new RemoteProtocolError("bad_reply");
  if (Array.isArray(object.nodes)) {
    const next = typeof object.next === "string" ? object.next : null;
    return { kind: "nodes", nodes: object.nodes.flatMap(readListedNode), next };
  }
  if (typeof object.removed === "boolean") return { kind: "removed", removed: object.removed };
  const registered = readCount(object.registered);
  const ttl = readInteger(object.ttl);
  if (registered === null || ttl === null) throw new RemoteProtocolError("bad_reply");
  const { least, most } = MUSIC_WIRE_LIMITS.ttlSeconds;
  return { kind: "registered", ttl: Math.min(most, Math.max(least, ttl)), registered };
}

function readListedNode(value: unknown): ListedNode[] {
  if (typeof value !== "object" || value === null) return [];
  const entry = value as JsonObject;
  const name = readName(entry.name);
  const ip = typeof entry.ip === "string" ? canonicalIp(entry.ip) : null;
  const port = readInteger(entry.port);
  if (name === null || ip === null || !isPort(port)) return [];
  const files = Array.isArray(entry.files) ? entry.files : [];
  return [{ name, ip, port, files: files.flatMap((file) => readCatalogueFile(file) ?? []) }];
}

function requireName(value: unknown): string {
  const name = readName(value);
  if (name === null) throw new RemoteProtocolError("bad_name");
  return name;
}

function readTtl(value: unknown): number {
  const { default: usual, least, most } = MUSIC_WIRE_LIMITS.ttlSeconds;
  if (value === undefined) return usual;
  const ttl = readInteger(value);
  if (ttl === null) throw new RemoteProtocolError("bad_ttl");
  return Math.min(most, Math.max(least, ttl));
}

/** One bad entry makes the list bad: a node has to know that not all of it is there. */
function readFiles(value: unknown): readonly CatalogueFile[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new RemoteProtocolError("bad_files");
  return value.map((entry) => {
    const file = readCatalogueFile(entry);
    if (file === null) throw new RemoteProtocolError("bad_files");
    return file;
  });
}

function readQuery(value: unknown): string {
  if (typeof value === "string" && value.length <= MUSIC_WIRE_LIMITS.query) return value;
  throw new RemoteProtocolError("bad_query");
}

function readMark(value: unknown): string | null {
  if (value === null) return null;
  if (typeof value === "string" && value.length <= MUSIC_WIRE_LIMITS.mark) return value;
  throw new RemoteProtocolError("bad_after");
}
