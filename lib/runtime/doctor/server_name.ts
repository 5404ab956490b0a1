import { lookup } from "node:dns/promises";
import { canonicalIp } from "../../base/address.ts";
import type { Finding } from "../../doctor/findings.ts";
import { DOCTOR_LIMITS } from "../../doctor/limits.ts";

/** Looks a server's name up as a connection does; nothing for what is an address already. */
export async function lookUpName(host: string, signal: AbortSignal): Promise<Finding[]> {
  if (host.includes(":") || canonicalIp(host) !== null) return [];
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const stop = () => resolve(null);
  const timer = setTimeout(stop, DOCTOR_LIMITS.lookup);
  signal.addEventListener("abort", stop);
  // A name that is not there is what is to be found out.
  const found = lookup(host).then(({ address }) => address, () => null);
  const ip = await Promise.race([found, late]);
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
  return [{ kind: "name", host, ip }];
}
