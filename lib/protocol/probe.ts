/**
 * The probe (`docs/doctor.md`): this project's own request beside those of `protocols/rendezvous.md`, by which a peer learns how
 * it is seen and reached from outside. One JSON object on one line, one reply line, close. Servers
 * that do not know it answer `Unknown command`, and nothing else changes.
 *
 * ```text
 * {"type":"PROSA_PROBE","tcp"?,"udp"?:[…],"token","pad"?}
 *   → {"status":"OK","observed_ip","observed_port","time_ms","tcp","udp_sent"}
 * UDP, to each port of `udp`:  {"type":"PROSA_PROBE","token"}
 * ```
 *
 * @module
 */
import { canonicalIp, isPort } from "../base/address.ts";
import { RemoteProtocolError } from "../base/errors.ts";
import { type JsonObject, parseJsonLine } from "../wire/json_line.ts";
import { PROBE_WIRE } from "./probe/limits.ts";

/** The type of the request and of its datagrams. */
export const PROBE_TYPE = "PROSA_PROBE";

/** What a peer asks: try these ports of mine. Without any, only to be told how it is seen. */
export interface ProbeRequest {
  /** The TCP port, or null. */
  readonly tcp: number | null;
  readonly udp: readonly number[];
  /** A word of the asker's, by which it knows the datagrams: 16 hexadecimal digits. */
  readonly token: string;
}

/** What became of the connection that the server tried. */
export type ProbedTcp = "open" | "refused" | "no_answer" | "not_tried";

/** What the server found. */
export interface ProbeReply {
  /** The asker's address, as the server sees it. */
  readonly ip: string;
  readonly port: number;
  /** The server's wall clock when the request came: milliseconds since 1970. */
  readonly time: number;
  readonly tcp: ProbedTcp;
  /** How many datagrams went out. */
  readonly udpSent: number;
}

/** A reply, or that there is none: too many ask at once, or the server does not know the request. */
export type ProbeAnswer =
  | ({ readonly kind: "OK" } & ProbeReply)
  | { readonly kind: "busy" }
  | { readonly kind: "unknown" };

const BUSY = "probe_busy";
const TCP_RESULTS: readonly ProbedTcp[] = ["open", "refused", "no_answer", "not_tried"];
const TOKEN = new RegExp(`^[0-9a-f]{${PROBE_WIRE.tokenDigits}}$`);

/**
 * A request line.
 *
 * @throws {RemoteProtocolError} as {@link readProbeRequest}, or for what is no JSON object
 */
export function parseProbeRequest(bytes: Uint8Array): ProbeRequest {
  return readProbeRequest(parseJsonLine(bytes));
}

/**
 * A request from its JSON object. Its type was looked at by whoever chose this reader.
 *
 * @throws {RemoteProtocolError} `bad_port`, `bad_udp` (no list, or too many), `bad_token`, `bad_pad`
 */
export function readProbeRequest({ tcp = null, udp = [], token, pad }: JsonObject): ProbeRequest {
  if (tcp !== null && !isProbedPort(tcp)) throw new RemoteProtocolError("bad_port");
  if (!Array.isArray(udp) || udp.length > PROBE_WIRE.udpPorts) {
    throw new RemoteProtocolError("bad_udp");
  }
  if (!udp.every(isProbedPort)) throw new RemoteProtocolError("bad_port");
  if (!isToken(token)) throw new RemoteProtocolError("bad_token");
  const padding = typeof pad === "string" ? pad.length : 0;
  if ((tcp !== null || udp.length > 0) && padding < PROBE_WIRE.padCharacters) {
    throw new RemoteProtocolError("bad_pad");
  }
  return { tcp, udp, token };
}

/** A request as it is sent, without its terminator. */
export function formatProbeRequest({ tcp, udp, token }: ProbeRequest): string {
  const asked = {
    ...tcp === null ? {} : { tcp },
    ...udp.length === 0 ? {} : { udp },
    token,
  };
  const pad = tcp === null && udp.length === 0 ? {} : { pad: "=".repeat(PROBE_WIRE.padCharacters) };
  return JSON.stringify({ type: PROBE_TYPE, ...asked, ...pad });
}

/** A reply as it is sent. */
export function formatProbeReply({ ip, port, time, tcp, udpSent }: ProbeReply): string {
  return JSON.stringify({
    status: "OK",
    observed_ip: ip,
    observed_port: port,
    time_ms: time,
    tcp,
    udp_sent: udpSent,
  });
}

/** The error for who asks too often; the registry port puts it into words. */
export function probeBusy(): RemoteProtocolError {
  return new RemoteProtocolError(BUSY);
}

/**
 * A reply line. Every error but that of too many requests says that the server does not know it.
 *
 * @throws {RemoteProtocolError} `bad_reply`, `invalid_json` or `empty`
 */
export function parseProbeAnswer(bytes: Uint8Array): ProbeAnswer {
  const { status, error, ...fields } = parseJsonLine(bytes);
  if (status === "ERROR") return { kind: error === BUSY ? "busy" : "unknown" };
  if (status !== "OK") throw new RemoteProtocolError("bad_reply");
  const ip = typeof fields.observed_ip === "string" ? canonicalIp(fields.observed_ip) : null;
  const { observed_port: port, time_ms: time, udp_sent: sent } = fields;
  const tcp = TCP_RESULTS.find((result) => result === fields.tcp);
  if (ip === null || !isPort(port) || tcp === undefined) throw new RemoteProtocolError("bad_reply");
  if (!isCount(time) || !isCount(sent)) throw new RemoteProtocolError("bad_reply");
  return { kind: "OK", ip, port, time, tcp, udpSent: sent };
}

/** The datagram of a probe. */
export function formatProbeDatagram(token: string): string {
  return JSON.stringify({ type: PROBE_TYPE, token });
}

/**
 * The token of a probe's datagram.
 *
 * @throws {RemoteProtocolError} for anything else
 */
export function parseProbeDatagram(bytes: Uint8Array): string {
  const { type, token } = parseJsonLine(bytes);
  if (type !== PROBE_TYPE) throw new RemoteProtocolError("unknown_command");
  if (!isToken(token)) throw new RemoteProtocolError("bad_token");
  return token;
}

function isProbedPort(value: unknown): value is number {
  return isPort(value) && value >= PROBE_WIRE.leastPort;
}

function isToken(value: unknown): value is string {
  return typeof value === "string" && TOKEN.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
