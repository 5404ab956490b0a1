/**
 * Direct chat (system 1): the lines between peer and server and between two peers.
 *
 * ```text
 * peer → server   USER <name>:<port> | LIST | KEEP | ADDR <name>
 * server → peer   LIST <n1>:<n2>:…   | ADDR <ip>:<port>
 * peer ↔ peer     USER <name> (first line of who connects) | DISC | any other line: conversation
 *
 * name  1–64 characters, no control character, no ":"       port  decimal, 1–65535
 * ```
 *
 * Every line ends in `\r\n` when it is sent; `\n` alone is read too. `protocols/chat.md`.
 *
 * @module
 */
import { formatIpPort, type IpPort, parseIpPort, parsePort } from "../base/address.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import { normalizeName, wireNameFault } from "../base/names.ts";
import { decodeForPeople, decodeText } from "../wire/text.ts";

/** What a peer asks of the server. */
export type ChatRequest =
  | { readonly kind: "USER"; readonly name: string; readonly port: number }
  | { readonly kind: "LIST" }
  | { readonly kind: "KEEP" }
  | { readonly kind: "ADDR"; readonly name: string };

/** What the server answers. */
export type ChatReply =
  | { readonly kind: "LIST"; readonly names: readonly string[] }
  | { readonly kind: "ADDR"; readonly address: IpPort };

/** What two peers send each other. */
export type PeerLine =
  | { readonly kind: "USER"; readonly name: string }
  | { readonly kind: "DISC" }
  | { readonly kind: "TEXT"; readonly text: string };

const LIST: ChatRequest = { kind: "LIST" };
const KEEP: ChatRequest = { kind: "KEEP" };

/**
 * A line that the server got.
 *
 * @throws {RemoteProtocolError} `bad_user` for a malformed USER, which closes the connection;
 *   `bad_instruction` for anything else that is no request, which is ignored
 */
export function parseRequest(bytes: Uint8Array): ChatRequest {
  let line: string;
  try {
    line = decodeText(bytes);
  } catch {
    throw new RemoteProtocolError(startsWithUser(bytes) ? "bad_user" : "bad_instruction");
  }
  if (line.startsWith("ADDR ")) {
    return { kind: "ADDR", name: readName(line.slice(5), "bad_instruction", line) };
  }
  if (line === "KEEP") return KEEP;
  if (line === "LIST") return LIST;
  if (line === "USER" || line.startsWith("USER ")) {
    const colon = line.lastIndexOf(":");
    const port = colon < 5 ? null : parsePort(line.slice(colon + 1));
    if (port === null) throw new RemoteProtocolError("bad_user", line);
    return { kind: "USER", name: readName(line.slice(5, colon), "bad_user", line), port };
  }
  throw new RemoteProtocolError("bad_instruction", line);
}

/** A request as it is sent, without its terminator. */
export function formatRequest(request: ChatRequest): string {
  switch (request.kind) {
    case "USER":
      return `USER ${request.name}:${request.port}`;
    case "ADDR":
      return `ADDR ${request.name}`;
    default:
      return request.kind;
  }
}

/**
 * A line that a peer got from its server. `ADDR <name>:<ip>:<port>`, which some programs of this
 * family send, is read as its last two parts.
 *
 * @throws {RemoteProtocolError} `bad_reply` for anything else, `bad_utf8` for what is no text
 */
export function parseReply(bytes: Uint8Array): ChatReply {
  const line = decodeText(bytes);
  if (line === "LIST" || line.startsWith("LIST ")) {
    const names = line.slice(5).split(":").map(normalizeName);
    return { kind: "LIST", names: names.filter((name) => wireNameFault(name) === null) };
  }
  if (line.startsWith("ADDR ")) {
    const rest = line.slice(5);
    const address = parseIpPort(rest) ?? parseIpPort(rest.slice(rest.indexOf(":") + 1));
    if (address !== null) return { kind: "ADDR", address };
  }
  throw new RemoteProtocolError("bad_reply", line);
}

/** A reply as it is sent, without its terminator. With nobody else it is `LIST ` and a blank. */
export function formatReply(reply: ChatReply): string {
  return reply.kind === "LIST"
    ? `LIST ${reply.names.join(":")}`
    : `ADDR ${formatIpPort(reply.address)}`;
}

/**
 * The first line of who connected to a peer: its claim to a name.
 *
 * @throws {RemoteProtocolError} `bad_greeting` for anything but `USER <name>`, `bad_utf8` for what
 *   is no text
 */
export function parseGreeting(bytes: Uint8Array): string {
  const line = decodeText(bytes);
  if (!line.startsWith("USER ")) throw new RemoteProtocolError("bad_greeting", line);
  return readName(line.slice(5), "bad_greeting", line);
}

/** Any later line between peers: `DISC` to the letter ends, all else is conversation. */
export function parsePeerLine(bytes: Uint8Array): Exclude<PeerLine, { kind: "USER" }> {
  const text = decodeForPeople(bytes);
  return text === "DISC" ? { kind: "DISC" } : { kind: "TEXT", text };
}

/**
 * A line between peers as it is sent. What a person types is never an instruction: a typed `DISC`
 * goes out with a blank behind it.
 */
export function formatPeerLine(line: PeerLine): string {
  switch (line.kind) {
    case "USER":
      return `USER ${line.name}`;
    case "DISC":
      return "DISC";
    case "TEXT":
      return line.text === "DISC" ? "DISC " : line.text;
  }
}

function readName(text: string, code: string, line: string): string {
  const name = normalizeName(text);
  if (wireNameFault(name) !== null || name.includes(":")) throw new RemoteProtocolError(code, line);
  return name;
}

function startsWithUser(bytes: Uint8Array): boolean {
  const start = decodeForPeople(bytes.subarray(0, 5));
  return start === "USER" || start === "USER ";
}
