/**
 * Rendezvous (system 3, server side): one JSON object on one line, one reply line, close.
 *
 * ```text
 * {"type":"REGISTER","namespace","name","port","ttl"?}   → {"status":"OK","ttl","observed_ip","observed_port"}
 * {"type":"DISCOVER","namespace"?}                       → {"status":"OK","peers":[…]}
 * {"type":"UNREGISTER","namespace"?,"name"?,"port"?}     → {"status":"OK"}
 * ```
 *
 * `type` compares without regard to case; fields are checked in the order name, ttl, namespace,
 * port; an integer in a string is an integer. `protocols/rendezvous.md`.
 *
 * @module
 */
import { canonicalIp, isPort } from "../base/address.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import { LIMITS } from "../base/limits.ts";
import { normalizeName, wireNameFault } from "../base/names.ts";
import { type JsonObject, parseJsonLine } from "../wire/json_line.ts";

/** What a peer asks of the rendezvous. */
export type RendezvousRequest =
  | RegisterRequest
  | DiscoverRequest
  | UnregisterRequest;

/** Enter the directory, or renew. `ttl` is in seconds, already within its bounds. */
export interface RegisterRequest {
  readonly kind: "REGISTER";
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  readonly ttl: number;
}

/**
 * List a namespace, or everyone where `namespace` is undefined. Null is a namespace that cannot
 * exist (it was no string): nobody is in it.
 */
export interface DiscoverRequest {
  readonly kind: "DISCOVER";
  readonly namespace: string | null | undefined;
}

/** Leave. Without `namespace` nothing is removed; null in `name` matches nobody. */
export interface UnregisterRequest {
  readonly kind: "UNREGISTER";
  readonly namespace: string | null | undefined;
  readonly name: string | null | undefined;
  readonly port: number | undefined;
}

/** One registered peer as DISCOVER lists it; `ttl` and `expires_in` are whole seconds. */
export interface ListedPeer {
  readonly ip: string;
  readonly port: number;
  readonly name: string;
  readonly namespace: string;
  readonly ttl: number;
  readonly expires_in: number;
  readonly observed_ip: string;
  readonly observed_port: number;
}

/**
 * A request line.
 *
 * @throws {RemoteProtocolError} with the code that {@link formatError} turns into the reply
 */
export function parseRequest(bytes: Uint8Array): RendezvousRequest {
  return readRequest(parseJsonLine(bytes));
}

/**
 * The type of a request in capitals, to choose a system by.
 *
 * @throws {RemoteProtocolError} `missing_type`
 */
export function requestType(object: JsonObject): string {
  if (typeof object.type !== "string") throw new RemoteProtocolError("missing_type");
  return object.type.toUpperCase();
}

/**
 * A request from its JSON object.
 *
 * @throws {RemoteProtocolError} as {@link parseRequest}
 */
export function readRequest(object: JsonObject): RendezvousRequest {
  switch (requestType(object)) {
    case "REGISTER": {
      const name = requireName(object.name, "bad_name");
      const ttl = readTtl(object.ttl);
      const namespace = requireName(object.namespace, "bad_namespace");
      const port = readInteger(object.port);
      if (!isPort(port)) throw new RemoteProtocolError("bad_port");
      return { kind: "REGISTER", namespace, name, port, ttl };
    }
    case "DISCOVER":
      return { kind: "DISCOVER", namespace: readFilter(object.namespace) };
    case "UNREGISTER":
      return {
        kind: "UNREGISTER",
        namespace: readFilter(object.namespace),
        name: readFilter(object.name ?? undefined),
        port: readPortFilter(object.port ?? undefined),
      };
    default:
      throw new RemoteProtocolError("unknown_command");
  }
}

/** A request as it is sent, without its terminator. */
export function formatRequest(request: RendezvousRequest): string {
  const { kind, ...fields } = request;
  return JSON.stringify({ type: kind, ...fields });
}

/** The reply to REGISTER; `ttl` in seconds. */
export function formatRegistered(ttl: number, ip: string, port: number): string {
  return JSON.stringify({ status: "OK", ttl, observed_ip: ip, observed_port: port });
}

/** The reply to DISCOVER. */
export function formatPeers(peers: readonly ListedPeer[]): string {
  return JSON.stringify({ status: "OK", peers });
}

/** The reply to UNREGISTER. */
export function formatUnregistered(): string {
  return '{"status":"OK"}';
}

/** The reply to a request that failed: the error as the protocol spells it. */
export function formatError(error: RemoteProtocolError): string {
  switch (error.code) {
    case "empty":
      return '{"status":"ERROR","message":"Empty request line"}';
    case "unknown_command":
      return '{"status":"ERROR","message":"Unknown command"}';
    case "timeout":
      return '{"status":"ERROR","message":"Timeout: no data received, closing connection"}';
    case "line_too_long":
      return `{"status":"ERROR","error":"line_too_long","limit":${LIMITS.jsonLineBytes}}`;
    default: {
      const quoted = error.detail === "" ? error.code : `${error.code} (${error.detail})`;
      return JSON.stringify({ status: "ERROR", error: quoted });
    }
  }
}

/** What a rendezvous server answered. */
export type RendezvousReply =
  | {
    readonly kind: "OK";
    /** Seconds granted, where the reply was to REGISTER. */
    readonly ttl: number | undefined;
    /** Who is there, where the reply was to DISCOVER. */
    readonly peers: readonly ListedPeer[] | undefined;
  }
  | { readonly kind: "ERROR"; readonly error: string };

/**
 * A reply line, read liberally: entries of DISCOVER that are no peers are left out.
 *
 * @throws {RemoteProtocolError} `bad_reply`, `invalid_json` or `empty`
 */
export function parseReply(bytes: Uint8Array): RendezvousReply {
  const object = parseJsonLine(bytes);
  if (object.status === "ERROR") {
    return {
      kind: "ERROR",
      error: readText(object.error) ?? readText(object.message) ?? "unknown",
    };
  }
  if (object.status !== "OK") throw new RemoteProtocolError("bad_reply");
  const ttl = readInteger(object.ttl);
  return {
    kind: "OK",
    ttl: ttl !== null && ttl >= 1 ? ttl : undefined,
    peers: Array.isArray(object.peers) ? object.peers.flatMap(readListedPeer) : undefined,
  };
}

function readListedPeer(value: unknown): ListedPeer[] {
  if (typeof value !== "object" || value === null) return [];
  const entry = value as JsonObject;
  const observedIp = readIp(entry.observed_ip);
  const ip = readIp(entry.ip) ?? observedIp;
  const port = readInteger(entry.port);
  const observedPort = readInteger(entry.observed_port);
  const name = readName(entry.name);
  const namespace = readName(entry.namespace);
  if (ip === null || !isPort(port) || name === null || namespace === null) return [];
  return [{
    ip,
    port,
    name,
    namespace,
    ttl: readInteger(entry.ttl) ?? 0,
    expires_in: readInteger(entry.expires_in) ?? 0,
    observed_ip: observedIp ?? ip,
    observed_port: isPort(observedPort) ? observedPort : port,
  }];
}

// Never String(value): a remote's object can make that throw, or run deep.
function readText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function readIp(value: unknown): string | null {
  return typeof value === "string" ? canonicalIp(value) : null;
}

function requireName(value: unknown, code: string): string {
  const name = readName(value);
  if (name === null) throw new RemoteProtocolError(code);
  return name;
}

function readName(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const name = normalizeName(value);
  return wireNameFault(name) === null ? name : null;
}

/** A filter that is given but can match nothing is null. */
function readFilter(value: unknown): string | null | undefined {
  return value === undefined ? undefined : readName(value);
}

function readTtl(value: unknown): number {
  const { default: usual, least, most } = LIMITS.rendezvousTtlSeconds;
  if (value === undefined) return usual;
  const ttl = readInteger(value);
  if (ttl === null) throw new RemoteProtocolError("bad_ttl");
  return Math.min(most, Math.max(least, ttl));
}

function readPortFilter(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const port = readInteger(value);
  if (isPort(port)) return port;
  const spelled = typeof value === "string" ? value : JSON.stringify(value);
  throw new RemoteProtocolError("bad_port", spelled.slice(0, LIMITS.nameCharacters));
}

/**
 * An integer, or an integer in a string; null for anything else. One with so many digits that a
 * double cannot count it (JSON reads it as infinite) is as good as the largest one that it can.
 */
function readInteger(value: unknown): number | null {
  const spelled = typeof value === "string" && /^[+-]?[0-9]+$/.test(value);
  const number = spelled ? Number(value) : value;
  if (typeof number !== "number") return null;
  if (!Number.isInteger(number) && Math.abs(number) !== Infinity) return null;
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, number));
}
