import ipaddr from "ipaddr.js";

/** Where a program listens. `ip` is canonical (see {@link canonicalIp}). */
export interface IpPort {
  readonly ip: string;
  readonly port: number;
}

/**
 * The one spelling of an IP address that the project keeps and sends: an IPv4-mapped IPv6 address
 * as plain IPv4, IPv6 compressed and in lower case (RFC 5952), without a zone. Null where `text` is
 * no address.
 */
export function canonicalIp(text: string): string | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return text;
  if (!text.includes(":") || !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  address.zoneId = undefined;
  return address.isIPv4MappedAddress()
    ? address.toIPv4Address().toString()
    : address.toRFC5952String();
}

/** Whether an address reaches only this machine (loopback) or only a local network (private). */
export function isLocalIp(ip: string): boolean {
  if (canonicalIp(ip) === null) return false;
  const range = ipaddr.process(ip).range();
  return range === "loopback" || range === "private" || range === "uniqueLocal" ||
    range === "linkLocal";
}

/** Whether an address is this machine's own loopback. */
export function isLoopbackIp(ip: string): boolean {
  return canonicalIp(ip) !== null && ipaddr.process(ip).range() === "loopback";
}

/**
 * Whom an address counts for where there is a share for each: itself, or of IPv6 its network of 64
 * bits, all of whose addresses one customer has (RFC 6177).
 *
 * @param ip canonical
 */
export function shareholder(ip: string): string {
  if (!ip.includes(":") || canonicalIp(ip) === null) return ip;
  const network = ipaddr.IPv6.parse(ip).parts.slice(0, 4);
  return `${network.map((part) => part.toString(16)).join(":")}::/64`;
}

/** A port in decimal digits, 1–65535, or null. No sign, no blank, no other base. */
export function parsePort(text: string): number | null {
  if (!/^[0-9]{1,5}$/.test(text)) return null;
  const port = Number(text);
  return isPort(port) ? port : null;
}

/** Whether a value is an integer from 1 to 65535. */
export function isPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;
}

/** `ip:port`, split at the last colon (`protocols/README.md`), or null. `[ip]:port` is read too. */
export function parseIpPort(text: string): IpPort | null {
  const colon = text.lastIndexOf(":");
  if (colon < 0) return null;
  const ip = canonicalIp(text.slice(0, colon).replace(/^\[(.*)\]$/, "$1"));
  const port = parsePort(text.slice(colon + 1));
  return ip === null || port === null ? null : { ip, port };
}

/** `ip:port` as it is sent: no brackets, the reader splits at the last colon. */
export function formatIpPort({ ip, port }: IpPort): string {
  return `${ip}:${port}`;
}
