import { canonicalIp, parsePort } from "../../base/address.ts";

/** Where a server is: an address or a machine's name, and its chat port where one was given. */
export interface ServerAddress {
  readonly host: string;
  readonly chatPort: number | null;
}

const LONGEST_HOST = 253;
// Labels of a machine's name; the underscore is against the rules and in use.
const HOST_NAME = /^(?!.*\.\.)[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?\.?$/u;

/**
 * An IP address (IPv6 also in brackets, also with a zone) or a machine's name, as the system takes
 * it; null where `text` is neither.
 */
export function parseHost(text: string): string | null {
  const bare = /^\[(.*)\]$/.exec(text)?.[1];
  const host = bare ?? text;
  if (host.includes(":")) return canonicalIp(host) === null ? null : host;
  if (bare !== undefined || host.length > LONGEST_HOST || !HOST_NAME.test(host)) return null;
  // What has only digits and dots is meant as an IPv4 address, so it has to be one.
  return /^[0-9.]+$/.test(host) && canonicalIp(host) === null ? null : host;
}

/**
 * `HOST`, `HOST:PORT`, `[IPV6]:PORT` or a bare IPv6 address, whose last part is never taken for a
 * port; null for anything else.
 */
export function parseServerAddress(text: string): ServerAddress | null {
  const whole = parseHost(text);
  if (whole !== null) return { host: whole, chatPort: null };
  const parts = /^(\[.*\]|[^:]*):([^:]*)$/.exec(text);
  if (parts === null) return null;
  const host = parseHost(parts[1]!);
  const chatPort = parsePort(parts[2]!);
  return host === null || chatPort === null ? null : { host, chatPort };
}

/** Whether `text` is an address whose port is larger than any. */
export function hasPortTooLarge(text: string): boolean {
  const parts = /^(.*):0*([1-9][0-9]{4,})$/.exec(text);
  return parts !== null && Number(parts[2]) > 65535 &&
    parseServerAddress(`${parts[1]}:1`)?.chatPort === 1;
}

/** A server's address as a person types it after `--server`. */
export function formatServerAddress({ host, chatPort }: ServerAddress): string {
  if (chatPort === null) return host;
  return host.includes(":") ? `[${host}]:${chatPort}` : `${host}:${chatPort}`;
}
